"""Asks git about this checkout."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from api_platform.errors import InputError

_WITHOUT = "Or give the other side: --against deployed."


@dataclass(frozen=True)
class Commit:
    """A commit that somebody named."""

    name: str
    """As they named it."""
    id: str
    tree: str
    """The hash of all its files: commits of one tree render alike."""

    def __str__(self) -> str:
        """Return it as messages name it: `HEAD (dfd3158)`."""
        return self.name if self.id.startswith(self.name) else f"{self.name} ({self.id[:7]})"


@dataclass(frozen=True)
class Checkout:
    """A folder with this platform's sources in it, under git or not."""

    root: Path

    def commit(self, name: str) -> Commit:
        """Return the commit that a branch, a tag, a hash or HEAD names. Raises InputError where there is none."""
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False)
        if found.returncode:
            hint = (
                " This clone is shallow: `git fetch --unshallow` brings the older ones." if self._is_shallow() else ""
            )
            raise InputError(
                f"--against {name}: there is no such commit, branch or tag here. "
                f"Name one that `git log` knows, or one of: deployed, cluster.{hint}"
            )
        commit_id = _text(found)
        return Commit(name, commit_id, _text(self._git("rev-parse", f"{commit_id}^{{tree}}")))

    def tree(self) -> str | None:
        """Return the hash that the working tree would have as a commit; None without git.

        It is made beside the repository's own index and objects, which stay as they are.
        """
        if not shutil.which("git") or not (self.root / ".git").exists():
            return None
        index, objects = (Path(_text(self._git("rev-parse", "--git-path", name))) for name in ("index", "objects"))
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "index"
            if (self.root / index).is_file():
                shutil.copy2(self.root / index, copy)  # what it knows of files need not be read again
            beside = {
                "GIT_INDEX_FILE": str(copy),
                "GIT_OBJECT_DIRECTORY": folder,
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": str((self.root / objects).resolve()),
            }
            self._git("add", "--all", variables=beside)
            return _text(self._git("write-tree", variables=beside))

    def has_other(self, path: str, commit: Commit) -> bool:
        """Return whether a file is another one at the commit than here."""
        return self._git("diff", "--quiet", commit.id, "--", path, check=False).returncode != 0

    def extract(self, commit: Commit, folder: Path) -> None:
        """Put all files of the commit into the folder."""
        archive = self._git("archive", "--format=tar", commit.id).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extraction_filter = lambda member, _: member  # its code is going to run; before 3.11.4 there is none
            files.extractall(folder)  # noqa: S202

    def _is_shallow(self) -> bool:
        return _text(self._git("rev-parse", "--is-shallow-repository", check=False)) == "true"

    def _git(
        self, *words: str, check: bool = True, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        if not shutil.which("git"):
            raise InputError(f"a plan against a commit needs git, which is not installed. Install it. {_WITHOUT}")
        if not (self.root / ".git").exists():
            raise InputError(f"a plan against a commit needs git's history, and this is no clone. Clone it. {_WITHOUT}")
        return self._run(words, check, variables or {})

    def _run(
        self, words: Sequence[str], check: bool, variables: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, **variables}
        done = subprocess.run(["git", *words], cwd=self.root, env=environment, capture_output=True, check=False)
        if check and done.returncode:
            raise InputError(f"git {' '.join(words)} failed: {done.stderr.decode(errors='replace').strip()}")
        return done


def _text(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode().strip()
