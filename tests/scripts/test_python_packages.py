import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.python_packages import (
    EKS_TWIN,
    LOCKS,
    editable_projects,
    index_of_pip,
    is_whole,
    is_whole_with_pip,
    make_venv,
    packages_stamp,
)
from scripts.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
TWIN_LOCK = ROOT / EKS_TWIN / "requirements.txt"
LOCK_FILES = [*sorted((ROOT / "requirements").glob("*.txt")), TWIN_LOCK, ROOT / EKS_TWIN / "binaries" / "go.txt"]


def tree_with_locks(root: Path) -> Tree:
    (root / "requirements").mkdir()
    for lock in LOCKS:
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


@pytest.mark.parametrize("lock", LOCKS)
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
    folders = [editable_projects(lock) for lock in LOCKS]
    assert dict(zip(LOCKS, folders, strict=True)) == {
        "run": (".",),
        "delivery": (".",),
        "twin": (".", EKS_TWIN),
        "dev": (".", EKS_TWIN),
    }
    packages = {lock: {pin.partition("==")[0] for pin in pins(ROOT / "requirements" / f"{lock}.txt")} for lock in LOCKS}
    assert not packages["run"] & {"moto", "boto3", "deepdiff", "psutil"}
    assert not packages["delivery"] & {"moto", "psutil"}


def test_the_twin_runs_here_with_the_versions_of_its_own_lock() -> None:
    assert pins(TWIN_LOCK) < pins(ROOT / "requirements" / "twin.txt")


def test_the_packages_to_run_are_among_those_for_the_checks() -> None:
    """`packages_stamp` lets the larger lock stand in for the smaller one, which is right only if this holds."""
    run, delivery, twin, dev = (pins(ROOT / "requirements" / f"{lock}.txt") for lock in LOCKS)
    assert run < delivery < twin < dev


@pytest.mark.parametrize("lock", LOCK_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_names_no_package_index(lock: Path) -> None:
    """It would break everybody who installs through a mirror."""
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("make", [[sys.executable, "-m", "venv", "--without-pip"], ["uv", "venv", "--quiet"]])
def test_an_environment_that_was_moved_is_not_whole(make: list[str], tmp_path: Path) -> None:
    """Its scripts still start the interpreter at the old path."""
    old, new = tmp_path / "old", tmp_path / "new"
    subprocess.run([*make, old], check=True, env=Tree(ROOT).environment())
    assert is_whole(old)
    old.rename(new)
    assert not is_whole(new)


def test_an_environment_without_pip_is_made_anew(tmp_path: Path) -> None:
    """uv is installed by pip, and "No module named pip" names no way out."""
    subprocess.run(["uv", "venv", "--quiet", tmp_path / "venv"], check=True, env=Tree(ROOT).environment())
    assert is_whole(tmp_path / "venv")
    assert not is_whole_with_pip(tmp_path / "venv")


@pytest.mark.slow
def test_a_link_to_another_environment_is_replaced_and_that_one_stays(tmp_path: Path) -> None:
    """`python -m venv --clear` follows the link, and would empty the environment of another checkout."""
    theirs, root = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    (theirs / "kept").touch()
    root.mkdir()
    (root / ".venv").symlink_to(theirs)
    make_venv(Tree(root))
    assert is_whole_with_pip(root / ".venv")
    assert (theirs / "kept").exists()


@pytest.mark.parametrize(
    ("settings", "index"),
    [
        ("global.cert='ca.pem'\n", {}),
        ("global.index-url='http://localhost/simple'\n", {"UV_DEFAULT_INDEX": "http://localhost/simple"}),
        (
            ":env:.index-url='http://localhost/a'\nglobal.index-url='http://localhost/b'\n",
            {"UV_DEFAULT_INDEX": "http://localhost/a"},
        ),
    ],
)
def test_uv_installs_from_the_index_that_pip_is_set_to(
    settings: str, index: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    assert index_of_pip(settings) == index


def test_an_index_of_uvs_own_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://localhost/uv")
    assert index_of_pip("global.index-url='http://localhost/pip'\n") == {}


def test_no_environment_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / ".venv")
