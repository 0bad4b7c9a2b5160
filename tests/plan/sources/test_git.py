import shutil
from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.plan.sources.git import Checkout
from tests.plan.sources.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with one commit."""
    return Repository.make(tmp_path / "repository")


def test_a_commit_is_found_by_any_name(repository: Repository) -> None:
    repository.git("tag", "v1")
    head = repository.git("rev-parse", "HEAD")
    checkout = Checkout(repository.root)
    assert {checkout.commit(name).id for name in ("HEAD", "main", "v1", head, head[:8])} == {head}
    assert str(checkout.commit("HEAD")) == f"HEAD ({head[:7]})"
    assert str(checkout.commit(head[:8])) == head[:8]


@pytest.mark.parametrize("name", ["nowhere", "", "--all", "HEAD:name.txt", "HEAD..HEAD"])
def test_what_is_no_commit_is_refused(repository: Repository, name: str) -> None:
    with pytest.raises(InputError, match="there is no such commit, branch or tag here"):
        Checkout(repository.root).commit(name)


def test_in_a_shallow_clone_the_way_to_the_rest_is_named(repository: Repository, tmp_path: Path) -> None:
    repository.commit("second")
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    with pytest.raises(InputError, match="git fetch --unshallow"):
        Checkout(tmp_path / "clone").commit("HEAD~1")


def test_a_folder_without_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is no clone"):
        Checkout(tmp_path).commit("HEAD")


def test_without_git_it_says_so(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    checkout = Checkout(repository.root)
    with pytest.raises(InputError, match="needs git"):
        checkout.commit("HEAD")
    assert checkout.tree() is None


def test_an_unchanged_working_tree_has_the_commits_tree(repository: Repository) -> None:
    checkout = Checkout(repository.root)
    (repository.root / "ignored").write_text("x")
    assert checkout.tree() == checkout.commit("HEAD").tree


@pytest.mark.parametrize("file", ["name.txt", "new.txt"])
def test_edits_and_new_files_make_another_tree_and_leave_git_alone(repository: Repository, file: str) -> None:
    """The index and the objects of the repository are the user's."""
    checkout = Checkout(repository.root)
    (repository.root / file).write_text("edited")
    before = (repository.git("status", "--porcelain"), repository.git("count-objects"))
    assert checkout.tree() != checkout.commit("HEAD").tree
    assert (repository.git("status", "--porcelain"), repository.git("count-objects")) == before


def test_another_file_than_the_commits_is_told(repository: Repository) -> None:
    checkout = Checkout(repository.root)
    (repository.root / "requirements" / "run.txt").write_text("package==2\n")
    commit = checkout.commit("HEAD")
    assert checkout.has_other("requirements/run.txt", commit)
    assert not checkout.has_other("name.txt", commit)
