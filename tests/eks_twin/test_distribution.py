"""The twin as somebody installs it who has this repository not: its wheel holds all that it needs."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

from eks_twin.binaries import FAMILIES

PACKAGE: Final = Path(__file__).resolve().parents[2] / "constructs" / "eks_twin"
OTHER_PACKAGES: Final = [path for path in sys.path if Path(path).name == "site-packages"]
NOT_INSTALLED: Final = {"LICENSE", "pyproject.toml", "requirements.txt", "README.md"}

IMPORT_ALL = """
import importlib, json, pkgutil, sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import eks_twin

def paths_in(value, depth=0):
    if isinstance(value, Path):
        yield str(value)
    elif is_dataclass(value) and depth < 3:
        defaults = [f.default for f in fields(value)] if isinstance(value, type) else []
        values = defaults if isinstance(value, type) else [getattr(value, f.name) for f in fields(value)]
        for inner in values:
            yield from paths_in(inner, depth + 1)
    elif isinstance(value, dict | list | tuple) and depth < 3:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from paths_in(inner, depth + 1)

found = {}
for module in pkgutil.walk_packages(eks_twin.__path__, "eks_twin."):
    if not module.name.endswith("__main__"):
        found[module.name] = sorted({path for value in vars(importlib.import_module(module.name)).values()
                                     for path in paths_in(value)})
json.dump({"at": eks_twin.__file__, "paths": found}, sys.stdout)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: by what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    words = ["wheel", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation"]
    command = [sys.executable, "-m", "pip", *words, "--wheel-dir", str(folder), str(PACKAGE)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Stages, styles, Go modules: what Python does not import is what a wheel forgets."""
    tracked = subprocess.run(["git", "ls-files"], cwd=PACKAGE, check=True, capture_output=True, text=True).stdout
    wanted = {f"eks_twin/{file}" for file in tracked.splitlines() if file not in NOT_INSTALLED}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held >= wanted
    assert not {name for name in held if name.removeprefix("eks_twin/") in NOT_INSTALLED}
    assert [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".dist-info/licenses/LICENSE")]
    assert {Path(name).suffix for name in wanted} >= {".css", ".go", ".jinja", ".mod", ".py", ".sum", ".txt", ".yaml"}


@pytest.mark.slow
def test_every_module_works_on_paths_of_its_own_alone(installed: Path) -> None:
    """One that looks for `tools/` beside the package, or for `.venv`, would find nothing, or somebody else's."""
    made = run(installed, IMPORT_ALL)
    assert Path(made["at"]).is_relative_to(installed)
    assert len(made["paths"]) > 100
    paths = {path for found in made["paths"].values() for path in found if Path(path).is_absolute()}
    assert [path for path in paths if not Path(path).is_relative_to(installed)] == []
    assert [path for path in paths if not Path(path).exists()] == []
    assert any(path.endswith("modules/kubernetes") for path in paths)


@pytest.mark.slow
def test_the_installed_twin_knows_what_is_built_already(installed: Path) -> None:
    """Were its pins others than those of the package, it would build everything once more."""
    script = "import json; from eks_twin.binaries import FAMILIES as found; "
    script += "print(json.dumps([family.fingerprint for family in found.values()]))"
    assert run(installed, script) == [family.fingerprint for family in FAMILIES.values()]


@pytest.mark.slow
def test_the_installed_twin_writes_its_page(installed: Path) -> None:
    """Its templates and its style are read only then."""
    script = "import json; from eks_twin.proof.page import page; from eks_twin.proof.setting import Setting; "
    script += "print(json.dumps(page([], Setting.here('production', {}))))"
    written = run(installed, script)
    assert written.startswith("<!doctype html>")
    assert ":root {" in written


def test_the_command_is_declared_and_is_there() -> None:
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    module, _, function = project["scripts"]["eks-twin"].partition(":")
    assert callable(getattr(__import__(module, fromlist=["main"]), function))


def test_the_twin_declares_every_version_exactly() -> None:
    dependencies = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]["dependencies"]
    assert [one for one in dependencies if "==" not in one] == []
    assert not [one for one in dependencies if one.startswith(("aws-cdk", "cdk8s", "jsii"))]


def run(installed: Path, script: str) -> Any:
    """Run Python on the installed package and what else is installed here, but without this repository's folders."""
    command = [sys.executable, "-S", "-c", script]  # -S: those folders stand in .pth files
    path = os.pathsep.join([str(installed), *OTHER_PACKAGES])
    variables = {"PYTHONPATH": path, "PATH": os.defpath, "HOME": str(installed)}
    done = subprocess.run(command, cwd=installed, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
