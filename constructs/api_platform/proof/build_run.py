"""Runs what a CodeBuild project runs, on this machine: its buildspec as it stands in the template.

The commands, their order, the variables that name the inputs, what is handed on and what is exported are CodeBuild's.
Its image is not: the runtimes are whatever PATH has.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROJECT = "AWS::CodeBuild::Project"
_EXPORTED = "exported"


@dataclass(frozen=True)
class BuildRun:
    """How a build went."""

    succeeded: bool
    said: str
    """All that its commands printed."""
    seconds: float
    artifacts: Path
    """The folder of what it hands on."""
    exported: Mapping[str, str]
    """The variables that later actions can use."""


def buildspecs(template: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the buildspec of each project in a template, by the project's name."""
    resources = json.loads(template.read_text(encoding="utf-8"))["Resources"].values()
    projects = [one["Properties"] for one in resources if one["Type"] == _PROJECT]
    return {project["Name"]: json.loads(project["Source"]["BuildSpec"]) for project in projects}


def run_build(
    buildspec: Mapping[str, Any],
    *,
    source: Path,
    inputs: Mapping[str, Path],
    variables: Mapping[str, str],
    folder: Path,
) -> BuildRun:
    """Run a build in a new folder. `source`: its first input; `inputs`: the others, by artifact.

    `variables`: all that its commands see beside those that CodeBuild sets. The first command that fails is the last.
    """
    here = folder / "source"
    shutil.copytree(source, here, symlinks=True)
    named = {f"CODEBUILD_SRC_DIR_{name}": str(path) for name, path in inputs.items()}
    started = time.monotonic()
    done = subprocess.run(
        [buildspec["env"]["shell"], "-e", "-c", _script(buildspec, folder / _EXPORTED)],
        cwd=here,
        env={**variables, **named, "CODEBUILD_SRC_DIR": str(here)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    artifacts = folder / "artifacts"
    if done.returncode == 0:
        _hand_on(buildspec.get("artifacts", {}), here, artifacts)
    exported = {path.name: path.read_text() for path in sorted((folder / _EXPORTED).glob("*"))}
    return BuildRun(done.returncode == 0, done.stdout, seconds, artifacts, exported)


def _script(buildspec: Mapping[str, Any], exported: Path) -> str:
    exported.mkdir()
    commands = [command for phase in buildspec["phases"].values() for command in phase.get("commands", ())]
    names = buildspec["env"].get("exported-variables", ())
    return "\n".join([*commands, *(f"printf %s \"${name}\" > '{exported / name}'" for name in names)])


def _hand_on(wanted: Mapping[str, Any], here: Path, artifacts: Path) -> None:
    base = here / wanted.get("base-directory", ".")
    artifacts.mkdir()
    for path in _files(base, wanted.get("files", ())):
        target = artifacts / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _files(base: Path, patterns: Iterable[str]) -> Iterable[Path]:
    return sorted({path for pattern in patterns for path in base.glob(pattern) if path.is_file()})
