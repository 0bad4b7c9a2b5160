import shutil
from pathlib import Path

import pytest

from scripts import promtool
from scripts.promtool import PromtoolMissingError, build, find_promtool

SHELL = shutil.which("sh")


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{SHELL}\n{script}\n")
    path.chmod(0o755)
    return path


GO_BUILDS = 'for word in "$@"; do case $word in -o=*) echo built > "${word#-o=}";; esac; done'
GO_FAILS = "echo no such module >&2; exit 1"


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
    program(promtool.cache_folder() / "promtool", "")
    installed = program(nothing_installed / "promtool", "")
    assert find_promtool() == installed


def test_one_built_earlier_is_used_without_go() -> None:
    built = program(promtool.cache_folder() / "promtool", "")
    assert find_promtool() == built


def test_it_is_built_with_go_once(nothing_installed: Path) -> None:
    go = program(nothing_installed / "go", GO_BUILDS)
    first = find_promtool()
    go.unlink()
    assert first == find_promtool() == promtool.cache_folder() / "promtool"


def test_a_failed_build_leaves_nothing_behind(nothing_installed: Path) -> None:
    """Half a program would be taken for a whole one by the next run."""
    program(nothing_installed / "go", GO_FAILS)
    problem = build(promtool.cache_folder() / "promtool")
    assert problem is not None
    assert "no such module" in problem
    assert {path.name for path in promtool.cache_folder().iterdir()} == {"lock"}


def test_without_it_and_without_go_the_caller_is_told_so() -> None:
    assert find_promtool() is None


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


def test_another_pinned_version_is_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = promtool.cache_folder()
    shutil.copytree(promtool.SOURCE, tmp_path / "tools")
    with (tmp_path / "tools" / "go.mod").open("a") as file:
        file.write("// newer\n")
    monkeypatch.setattr(promtool, "SOURCE", tmp_path / "tools")
    assert promtool.cache_folder() != before
