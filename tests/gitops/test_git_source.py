"""Where Argo CD is told to read."""

from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.gitops.git_source import GitSource

URL = "https://git.example.com/company/platform.git"


@pytest.mark.parametrize(
    "repository",
    [URL, "git@git.example.com:company/platform.git", "ssh://git@git.example.com:2222/company/platform.git"],
)
def test_an_address_of_git_is_taken_as_it_is(repository: str, tmp_path: Path) -> None:
    assert GitSource.of(repository, "HEAD", tmp_path).repository == repository


@pytest.mark.parametrize(
    "repository",
    ["", "platform", "../platform", "/srv/platform.git", "http://git.example.com/a", "git.example.com/a", f"{URL} x"],
)
def test_what_argo_cd_cannot_read_is_refused_with_the_way_out(repository: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--repository .* is no address .* Write https://<host>/<path> or git@"):
        GitSource.of(repository, "HEAD", tmp_path)


def test_a_password_is_refused(tmp_path: Path) -> None:
    """The Applications are committed."""
    with pytest.raises(InputError, match="no password: it would stand in the repository"):
        GitSource.of("https://me:secret@git.example.com/a", "HEAD", tmp_path)


@pytest.mark.parametrize("revision", ["main", "release/2.1", "v1.0.0", "0123abc", "HEAD"])
def test_a_branch_a_tag_and_a_commit_are_taken(revision: str, tmp_path: Path) -> None:
    assert GitSource.of(URL, revision, tmp_path).revision == revision


@pytest.mark.parametrize("revision", ["", "a b", "a..b", "-f", "main/", "~1", "HEAD^"])
def test_what_is_no_revision_is_refused(revision: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--revision .* is no branch, tag or commit"):
        GitSource.of(URL, revision, tmp_path)


def test_the_path_is_the_folders_place_in_its_working_copy(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    source = GitSource.of(URL, "HEAD", tmp_path / "deploy" / "gitops")
    assert source.path == "deploy/gitops"
    assert source.below("staging").path == "deploy/gitops/staging"


def test_outside_of_any_working_copy_it_is_the_top(tmp_path: Path) -> None:
    assert GitSource.of(URL, "HEAD", tmp_path).path == "."
    assert GitSource.of(URL, "HEAD", tmp_path).below("staging").path == "staging"
