"""An environment file in a git repository of its own."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from api_platform.environment import Environment, load_environments
from tests.environment_files import VALID

PERSON = {
    "GIT_AUTHOR_NAME": "A. Author",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_COMMITTER_NAME": "A. Author",
    "GIT_COMMITTER_EMAIL": "author@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
TAG = "v1.2.3"
"""Of `orders`, in the valid file."""


def git(folder: Path, *words: str) -> str:
    """Run git and return what it says. Raises CalledProcessError where it fails."""
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, env={**os.environ, **PERSON}, check=True, capture_output=True, text=True)
    return done.stdout


@dataclass(frozen=True)
class CommittedFile:
    """production.toml, whose history a test writes."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, *tags: str) -> "CommittedFile":
        """Make a repository in whose commits `orders` is at these tags, one after the other."""
        git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
        made = cls(folder)
        for tag in tags:
            made.commit(VALID.replace(TAG, tag))
        return made

    @property
    def path(self) -> Path:
        return self.folder / "production.toml"

    @property
    def environment(self) -> Environment:
        (environment,) = load_environments("production", directory=self.folder)
        return environment

    def commit(self, text: str) -> None:
        self.path.write_text(text)
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "Change")
