from pathlib import Path

import pytest

from api_platform.release.git import NoGitError, TrackedFile
from tests.environment_files import VALID
from tests.release.committed_file import CommittedFile, git


def test_versions_come_newest_first(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1", "v2")
    found = list(TrackedFile.of(file.path).versions())
    assert ['tag = "v2"' in found[0].data.decode(), 'tag = "v1"' in found[1].data.decode()] == [True, True]
    assert found[0].commit == git(file.folder, "log", "-1", "--format=%h").strip()


def test_what_a_merged_branch_tried_is_no_version(tmp_path: Path) -> None:
    """A release candidate that never stood on the main branch was never deployed from it."""
    file = CommittedFile.make(tmp_path / "clone", "v1")
    git(file.folder, "switch", "--quiet", "--create", "branch")
    for tag in ("v2-rc1", "v2"):
        file.commit(VALID.replace("v1.2.3", tag))
    git(file.folder, "switch", "--quiet", "main")
    git(file.folder, "merge", "--quiet", "--no-ff", "--message", "Merge", "branch")
    found = [version.data.decode() for version in TrackedFile.of(file.path).versions()]
    assert [f'tag = "{tag}"' in text for tag, text in zip(("v2", "v1"), found, strict=True)] == [True, True]


def test_a_version_in_which_it_was_gone_is_left_out(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1")
    git(file.folder, "rm", "--quiet", file.path.name)
    git(file.folder, "commit", "--quiet", "--message", "Remove")
    file.commit(VALID)
    assert len(list(TrackedFile.of(file.path).versions())) == 2


@pytest.mark.parametrize("staged", [False, True])
def test_an_edit_is_seen_whether_it_is_staged_or_not(tmp_path: Path, staged: bool) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1")
    assert not TrackedFile.of(file.path).has_uncommitted_edits
    file.path.write_text(VALID)
    if staged:
        git(file.folder, "add", "--all")
    assert TrackedFile.of(file.path).has_uncommitted_edits


def test_a_file_that_was_never_committed_is_one_edit(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone")
    file.path.write_text(VALID)
    tracked = TrackedFile.of(file.path)
    assert (tracked.has_uncommitted_edits, tracked.committed, list(tracked.versions())) == (True, None, [])


def test_a_shallow_clone_is_known(tmp_path: Path) -> None:
    whole = CommittedFile.make(tmp_path / "whole", "v1", "v2")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{whole.folder}", "shallow")
    assert TrackedFile.of(tmp_path / "shallow" / whole.path.name).is_shallow
    assert not TrackedFile.of(whole.path).is_shallow


def test_a_folder_that_is_no_clone_is_told_in_git_s_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoGitError, match=r"git knows nothing of it \(not a git repository.*\)\. Work in a clone"):
        TrackedFile.of(tmp_path / "production.toml")


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGitError, match="git is not on PATH"):
        TrackedFile.of(tmp_path / "production.toml")
