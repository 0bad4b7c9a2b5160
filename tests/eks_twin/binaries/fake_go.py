"""A Go that builds in no time, and a family to build with it: no network, no compiler."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eks_twin.binaries.family import Family
from eks_twin.binaries.go import Go
from eks_twin.binaries.go_module import GoModule
from eks_twin.binaries.step import Step

PYTHON: Final = sys.executable
SHELL: Final = shutil.which("sh")
"""Found before a test empties PATH."""

SCRIPT: Final = """#!{python}
import json, pathlib, sys, time
words = sys.argv[1:]
with open({log!r}, "a") as log:
    log.write(json.dumps(words) + "\\n")
packages = [word for word in words if word.startswith("example.com/")]
if words[0] == "version":
    print("go version go{version} linux/amd64")
elif words[0] == "list":
    print("go: downloading example.com/library v1.0.0", file=sys.stderr)
    print("\\n".join(["example.com/library", *packages]))
elif words[0] == "build":
    (output,) = [word.removeprefix("-o=") for word in words if word.startswith("-o=")]
    for package in ["example.com/library", *packages]:
        print(package, file=sys.stderr)
    if packages[0].startswith({fails_for!r}):
        pathlib.Path(output, "half").write_text("half a program")
        sys.exit("no such module")
    time.sleep({seconds!r})
    for package in packages:
        pathlib.Path(output, package.split("/")[-1]).write_text("built")
"""


@dataclass(frozen=True)
class FakeGo:
    """A program that answers as Go does, and remembers what it was asked."""

    program: Path
    log: Path

    @property
    def go(self) -> Go:
        return Go(self.program)

    @property
    def calls(self) -> list[list[str]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    @property
    def builds(self) -> list[list[str]]:
        """Of each build, its packages."""
        return [[word for word in call if word.startswith("example.com/")] for call in self.calls if call[0] == "build"]


def a_go(folder: Path, *, version: str = "1.26.8", fails_for: str = "nothing", seconds: float = 0.0) -> FakeGo:
    """`fails_for`: a build of a package that begins so ends with a message, after it wrote half a program."""
    folder.mkdir(parents=True, exist_ok=True)
    fake = FakeGo(folder / "go", folder / "calls.jsonl")
    facts = {"log": str(fake.log), "version": version, "fails_for": fails_for, "seconds": seconds}
    fake.program.write_text(SCRIPT.format(python=PYTHON, **facts))
    fake.program.chmod(0o755)
    return fake


def a_family(folder: Path, *, name: str = "tools", programs: tuple[str, ...] = ("hammer", "saw")) -> Family:
    """A family whose module lies in a folder of its own, made here."""
    module = folder / f"{name}-module"
    module.mkdir(parents=True, exist_ok=True)
    (module / "go.mod").write_text(f"module {name}.invalid\n\ngo 1.26.0\n\nrequire example.com/{name} v1.2.3\n")
    (module / "go.sum").write_text("")
    packages = {program: f"example.com/{name}/cmd/{program}" for program in programs}
    return Family(name=name, module=GoModule(module), pin=f"example.com/{name}", programs=packages, cold_seconds=5)


def a_program(path: Path, says: str = "hammer v0.9.0") -> Path:
    """A program that prints one line, whatever it is asked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{SHELL}\necho '{says}'\n")
    path.chmod(0o755)
    return path


class Steps(list[Step]):
    """Takes steps down."""

    def __call__(self, step: Step) -> None:
        self.append(step)

    @property
    def doings(self) -> list[str]:
        return [step.doing for step in self]
