"""The repository as a place to set up, and how a program is called in it.

For scripts that run before anything is installed: standard library only.
"""

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class SetupError(Exception):
    """Ends the run with one message, which says the way out."""


@dataclass(frozen=True)
class Tree:
    """The repository, and where things lie in it."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def node_modules(self) -> Path:
        return self.root / "node_modules"

    @property
    def site_packages(self) -> Path:
        return next((self.venv / "lib").glob("python3.*/site-packages"))

    def environment(self) -> dict[str, str]:
        """The caller's environment, with this virtual environment's programs first."""
        return os.environ | {"PATH": f"{self.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def call(command: Sequence[str | Path], tree: Tree, way_out: str, **settings: str) -> None:
    """Runs a program in silence, with settings in its environment; what it said is shown when it fails."""
    words = [str(word) for word in command]
    environment = tree.environment() | settings
    done = subprocess.run(words, cwd=tree.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(text.strip() for text in (done.stdout, done.stderr) if text.strip())
        raise SetupError(f"{said}\n\n{shlex.join(words)}\nfailed with exit code {done.returncode}. {way_out}")
