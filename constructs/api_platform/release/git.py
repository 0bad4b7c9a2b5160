"""What git knows of an environment file."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api_platform.errors import InputError, shown


class NoGitError(InputError):
    """There is no git, or no repository of it around the file: what was there before is not known."""


@dataclass(frozen=True)
class Version:
    """A file as a commit has it."""

    commit: str
    """Abbreviated, as git shows it."""
    date: str
    """Of the commit, as 2026-11-28."""
    data: bytes


@dataclass(frozen=True)
class TrackedFile:
    """A file in a git work tree."""

    path: Path

    @classmethod
    def of(cls, path: Path) -> "TrackedFile":
        """Return the file. Raises NoGitError where nothing is known of it."""
        file = cls(path)
        try:
            found = file._call("rev-parse", "--is-inside-work-tree")
        except FileNotFoundError:
            raise NoGitError(f"{shown(path)}: git is not on PATH. Install it, or add it to PATH.") from None
        if found.returncode:
            said = found.stderr.decode(errors="replace").strip().removeprefix("fatal: ").splitlines()
            raise NoGitError(
                f"{shown(path)}: git knows nothing of it ({said[0] if said else 'no repository'}). "
                "Work in a clone of the repository."
            )
        return file

    @property
    def is_shallow(self) -> bool:
        """Whether older commits than some were not cloned."""
        return self._said("rev-parse", "--is-shallow-repository").strip() == b"true"

    @property
    def has_uncommitted_edits(self) -> bool:
        """Whether it differs from what was committed last, or was never committed."""
        return bool(self._said("status", "--porcelain", "--untracked-files=all", "--", self.path.name))

    @property
    def committed(self) -> bytes | None:
        """The file as it was committed last; None: never."""
        return self._at("HEAD")

    def versions(self) -> Iterator[Version]:
        """Yield the file as it stood on this branch, newest first: what a merged branch tried meanwhile is left out."""
        log = self._said("log", "--first-parent", "--format=%h %cs", "--", self.path.name)
        for line in log.decode().splitlines():
            commit, date = line.split()
            data = self._at(commit)
            if data is not None:
                yield Version(commit, date, data)

    def _at(self, commit: str) -> bytes | None:
        found = self._call("show", f"{commit}:./{self.path.name}")
        return None if found.returncode else found.stdout

    def _said(self, *words: str) -> bytes:
        """Return what git says; nothing where it fails, as `log` does before the first commit."""
        return self._call(*words).stdout

    def _call(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-C", str(self.path.parent), "--no-optional-locks", *words]
        return subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=False)
