"""A copy of the repository that a test may break, and the three commands that people run in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

Command = Literal["api-platform", "cdk8s", "cdk"]
COMMANDS: dict[Command, tuple[str, ...]] = {
    "api-platform": (sys.executable, "-m", "api_platform.cli", "synth"),
    "cdk8s": (str(BIN / "cdk8s"), "synth"),
    "cdk": (str(BIN / "cdk"), "synth", "--quiet"),
}
"""The three ways of use. `api-platform` by its module, since the installed command runs the original's code."""

_COPIED = ("app.py", "cdk.json", "cdk8s.yaml", "constructs", "environments", "pipeline.toml", "pyproject.toml")
_LINKED = ("imports", "node_modules", "tools")


@dataclass(frozen=True)
class CopiedRepository:
    """Sources are copied, what nobody changes is linked."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> "CopiedRepository":
        """Copy the repository to `root`, with a `dist/` from an earlier synth in it."""
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, root / name)
        for name in _LINKED:
            (root / name).symlink_to(ROOT / name)
        for environment in ("development", "staging", "production"):
            (root / "dist" / environment).mkdir(parents=True)
            (root / "dist" / environment / "00-platform.k8s.yaml").write_text("# of an earlier synth\n")
        return cls(root)

    def replace(self, file: str, old: str, new: str, count: int = 1) -> None:
        """Change the text of one file. Raises ValueError where there is nothing to change."""
        path = self.root / file
        text = path.read_text()
        if old not in text:
            raise ValueError(f"{file} does not hold {old!r}")
        path.write_text(text.replace(old, new, count))

    def run(
        self, command: Command, *arguments: str, variables: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the three commands here, as somebody would who has activated the environment."""
        return subprocess.run(
            [*COMMANDS[command], *arguments],
            cwd=self.root,
            env={**self.variables(), **(variables or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    def variables(self) -> dict[str, str]:
        """Return the variables of an activated environment in which Python finds this copy's code first."""
        ours = {
            "PYTHONPATH": f"{self.root / 'constructs'}{os.pathsep}{self.root}",
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }
        chosen = ("ENVIRONMENT", "API_PLATFORM_SET")
        return {**{key: value for key, value in os.environ.items() if key not in chosen}, **ours}

    def outputs(self) -> dict[str, str]:
        """Return what `dist/` holds: relative path -> text."""
        dist = self.root / "dist"
        return {str(path.relative_to(dist)): path.read_text() for path in sorted(dist.rglob("*")) if path.is_file()}
