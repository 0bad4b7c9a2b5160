from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.release.history import newest_other_release
from tests.environment_files import VALID
from tests.release.committed_file import CommittedFile, git


def rolled_back(file: CommittedFile) -> str:
    return newest_other_release(file.environment, "orders").release.tag


def test_it_is_the_release_before_this_one(tmp_path: Path) -> None:
    assert rolled_back(CommittedFile.make(tmp_path / "clone", "v1", "v2", "v3")) == "v2"


def test_commits_that_changed_something_else_are_passed_over(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1", "v2")
    for maximum in (30, 40):
        file.commit(VALID.replace("v1.2.3", "v2").replace("maximum = 20", f"maximum = {maximum}"))
    assert rolled_back(file) == "v1"


def test_after_a_rollback_it_is_what_was_rolled_back(tmp_path: Path) -> None:
    """As `kubectl rollout undo` does; it is the newest other release, whatever it was worth."""
    assert rolled_back(CommittedFile.make(tmp_path / "clone", "v1", "v2", "v1")) == "v2"


def test_another_digest_of_the_tag_is_another_release(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone")
    with_digest = VALID.replace('tag = "v1.2.3"', 'tag = "v1.2.3"\ndigest = "sha256:{}"')
    for digit in ("a", "b"):
        file.commit(with_digest.format(digit * 64))
    assert newest_other_release(file.environment, "orders").release.digest == "sha256:" + "a" * 64


def test_an_edit_that_was_not_committed_is_rolled_back_to_what_was(tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1", "v2")
    file.path.write_text(VALID.replace("v1.2.3", "v3"))
    assert rolled_back(file) == "v2"


@pytest.mark.parametrize("past", ["no TOML at all [", VALID.replace("v1.2.3", "latest"), VALID.replace("orders", "x")])
def test_a_version_that_pins_nothing_valid_is_passed_over(past: str, tmp_path: Path) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1")
    file.commit(past)
    file.commit(VALID.replace("v1.2.3", "v2"))
    assert rolled_back(file) == "v1"


def test_a_first_release_has_none_before_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"its history knows no other release of orders than v1 .*release orders TAG"):
        rolled_back(CommittedFile.make(tmp_path / "clone", "v1"))


def shallow_clone(whole: CommittedFile, depth: int) -> CommittedFile:
    clone = whole.folder.parent / "shallow"
    git(clone.parent, "clone", "--quiet", f"--depth={depth}", f"file://{whole.folder}", str(clone))
    return CommittedFile(clone)


def test_a_shallow_clone_that_holds_no_other_release_says_how_to_get_the_rest(tmp_path: Path) -> None:
    whole = CommittedFile.make(tmp_path / "whole", "v1", "v2")
    with pytest.raises(InputError, match=r"this clone is shallow.*git fetch --unshallow"):
        rolled_back(shallow_clone(whole, 1))


def test_a_shallow_clone_that_holds_it_will_do(tmp_path: Path) -> None:
    assert rolled_back(shallow_clone(CommittedFile.make(tmp_path / "whole", "v1", "v2", "v3"), 2)) == "v2"


def test_without_git_the_way_out_is_to_name_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = CommittedFile.make(tmp_path / "clone", "v1", "v2")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"git is not on PATH.*api-platform release orders TAG -e production"):
        rolled_back(file)
