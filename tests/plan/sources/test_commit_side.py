from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.plan.sources.commit_side import CommitSide
from api_platform.plan.sources.git import Checkout
from api_platform.plan.sources.synthesis import AssemblyCache
from tests.plan.sources.repositories import Repository
from tests.plan.sources.test_synthesis import name_of


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with one commit."""
    return Repository.make(tmp_path / "repository")


def reference(repository: Repository, name: str) -> CommitSide:
    checkout = Checkout(repository.root)
    return CommitSide(checkout, checkout.commit(name))


def cache_of(repository: Repository) -> AssemblyCache:
    return AssemblyCache(repository.root.parent / "cache", repository.root / "requirements" / "run.txt")


def test_a_commit_is_rendered_by_its_own_code(repository: Repository) -> None:
    """Not by the working tree's, which may be broken."""
    (repository.root / "app.py").write_text("raise SystemExit('broken')")
    (repository.root / "name.txt").write_text("second")
    assembly = reference(repository, "HEAD").assembly(cache_of(repository), "production")
    assert name_of(assembly) == "firstproduction"


def test_a_commit_that_cannot_be_rendered_says_why_and_the_way_out(repository: Repository) -> None:
    (repository.root / "app.py").write_text("raise SystemExit('no module named cdk')")
    repository.commit("broken")
    with pytest.raises(InputError, match=r"cannot be synthesized by its own code(.|\n)*no module named cdk"):
        reference(repository, "HEAD").assembly(cache_of(repository), None)


def test_other_packages_are_said(repository: Repository) -> None:
    assert reference(repository, "HEAD").notes == ()
    (repository.root / "requirements" / "run.txt").write_text("package==2\n")
    (note,) = reference(repository, "HEAD").notes
    assert "has another requirements/run.txt" in note
