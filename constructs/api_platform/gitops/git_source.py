"""Where Argo CD reads from: a repository, a revision of it, a folder in it."""

import re
from dataclasses import dataclass
from pathlib import Path

from api_platform.errors import InputError

_REPOSITORY = re.compile(
    r"https://[A-Za-z0-9.:-]+/[^\s@]+"
    r"|ssh://([A-Za-z0-9._-]+@)?[A-Za-z0-9.:-]+/\S+"
    r"|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\s/]\S*"
)
_REVISION = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*(?<![./])")


@dataclass(frozen=True)
class GitSource:
    """A folder in a Git repository."""

    repository: str
    """Its address, as Argo CD knows it."""
    revision: str
    """A branch, a tag or a commit; HEAD is the default branch."""
    path: str
    """From the repository's top, `.` for the top itself."""

    @classmethod
    def of(cls, repository: str, revision: str, folder: Path) -> "GitSource":
        """Return the source for what is written to `folder`. Raises InputError on what Git or Argo CD cannot read.

        The folder's place in the repository is that in the working copy around it; outside of any, it is the top.
        """
        if not _REPOSITORY.fullmatch(repository):
            raise InputError(
                f"--repository {repository!r}: is no address that Argo CD reads from. Write "
                "https://<host>/<path> or git@<host>:<path>, and no password: it would stand in the repository."
            )
        if not _REVISION.fullmatch(revision):
            raise InputError(
                f"--revision {revision!r}: is no branch, tag or commit. Leave it out for the default branch."
            )
        return cls(repository, revision, _place(folder.resolve()))

    def below(self, name: str) -> "GitSource":
        """Return the source of a folder in this one."""
        return GitSource(self.repository, self.revision, name if self.path == "." else f"{self.path}/{name}")


def _place(folder: Path) -> str:
    top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
    return folder.relative_to(top).as_posix()
