"""How it is built, and that it is built once: tests/twin/binaries."""

import shutil
import sys
from pathlib import Path

import pytest

from eks_twin.binaries.build import cache_folder
from scripts.promtool import PROMTOOL, PromtoolMissingError, find_promtool

SHELL = shutil.which("sh")


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{SHELL}\n{script}\n")
    path.chmod(0o755)
    return path


GO = """case "$1" in
version) echo go version go1.99.0 linux/amd64;;
build) for word in "$@"; do case $word in -o=*) echo built > "${word#-o=}promtool";; esac; done;;
esac"""
GO_FAILS = GO.replace("build)", "build) echo no such module >&2; exit 1;;\nanything-else)")


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PATH is one empty folder, which is returned, and nothing was built before."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("REQUIRE_PROMTOOL", raising=False)
    return programs


def test_the_one_on_path_comes_first(nothing_installed: Path) -> None:
    program(cache_folder(PROMTOOL) / "promtool", "")
    installed = program(nothing_installed / "promtool", "")
    assert find_promtool() == installed


def test_one_built_earlier_is_used_without_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a folder of the twin's programs has nothing to say about it."""
    monkeypatch.setenv("KUBEBUILDER_ASSETS", "/nowhere")
    built = program(cache_folder(PROMTOOL) / "promtool", "")
    assert find_promtool() == built


def test_it_is_built_with_go_once(nothing_installed: Path) -> None:
    go = program(nothing_installed / "go", GO)
    first = find_promtool()
    go.unlink()
    assert first == find_promtool() == cache_folder(PROMTOOL) / "promtool"


def test_without_it_and_without_go_the_caller_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No other Go is fetched for it: the checks that need it can be left out."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert find_promtool() is None
    assert capsys.readouterr().err == "promtool: there is no promtool on PATH, and no Go to build it with\n"


@pytest.mark.parametrize("go", [None, GO_FAILS])
def test_where_it_is_required_its_absence_is_an_error(
    go: str | None, nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI would leave out the rule tests for ever, and stay green."""
    monkeypatch.setenv("REQUIRE_PROMTOOL", "1")
    if go:
        program(nothing_installed / "go", go)
    with pytest.raises(PromtoolMissingError, match="Install promtool or Go"):
        find_promtool()
