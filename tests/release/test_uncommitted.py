from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.release.uncommitted import overwritten_edits
from tests.environment_files import VALID
from tests.release.committed_file import CommittedFile


def edited(folder: Path, old: str, new: str) -> CommittedFile:
    file = CommittedFile.make(folder / "clone", "v1.2.3")
    file.path.write_text(VALID.replace(old, new))
    return file


def test_a_file_as_it_was_committed_loses_nothing(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1.2.3")
    assert overwritten_edits(file.environment, ["orders"], force=False) == []


def test_uncommitted_edits_are_not_written_over_unasked(tmp_path: Path) -> None:
    file = edited(tmp_path, "maximum = 20", "maximum = 30")
    with pytest.raises(InputError, match=r"has edits that are not committed: git diff .*--force"):
        overwritten_edits(file.environment, ["orders"], force=False)


def test_what_goes_is_named(tmp_path: Path) -> None:
    file = edited(tmp_path, "v1.2.3", "v1.2.4-try")
    first, second = overwritten_edits(file.environment, ["orders"], force=True)
    assert "images.orders was at v1.2.4-try (digest none), and is committed at v1.2.3 (digest none)" in first
    assert second.endswith("production.toml: its other uncommitted edits stay.")


def test_edits_of_anything_else_stay(tmp_path: Path) -> None:
    file = edited(tmp_path, "maximum = 20", "maximum = 30")
    (only,) = overwritten_edits(file.environment, ["orders"], force=True)
    assert only.endswith("its other uncommitted edits stay.")


def test_without_git_nothing_is_known_of_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = edited(tmp_path, "v1.2.3", "v1.2.4-try")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert overwritten_edits(file.environment, ["orders"], force=False) == []
