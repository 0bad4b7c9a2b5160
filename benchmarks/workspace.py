"""A copy of the repository to run commands in, so that a benchmark leaves `dist/` and the caches as they were.

Everything runs as it does for people: the same launchers, the same entry points, the same sources. `PYTHONPATH` puts
the copy's sources before the installed ones.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Command

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
_COPIED = ("constructs", "imports", "environments", "app.py", "cdk.json", "cdk8s.yaml")


@dataclass(frozen=True)
class Workspace:
    """One copy."""

    root: Path

    def command(self, *words: str | Path, **variables: str) -> Command:
        """Return a command that runs here, as in the activated environment; `variables` are added."""
        return Command(words, self.root, {**self._variables(), **variables})

    def forget_all(self) -> None:
        """Make the next synth one that knows nothing: neither the last one nor any chart."""
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    def _variables(self) -> Mapping[str, str]:
        ours = {"ENVIRONMENT", "API_PLATFORM_SET", "CDK_VALIDATION", "PYTHONPATH", "PYTHONOPTIMIZE"}
        ours |= {"PYTHONDONTWRITEBYTECODE"}  # people's machines keep what Python compiled
        return {
            **{key: value for key, value in os.environ.items() if key not in ours},
            "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": f"{self.root / 'constructs'}{os.pathsep}{self.root}",
        }


def copy_of_the_repository(target: Path, *, also: Sequence[str] = ()) -> Workspace:
    """Copy what a synth reads, and what else is asked for, into `target`, which must not exist."""
    target.mkdir(parents=True)
    for name in (*_COPIED, *also):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy2(source, target / name)
    return Workspace(target)
