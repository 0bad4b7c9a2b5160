"""Virtual environments, and what is installed into them: uv by pip, and all else by uv.

It runs before anything is installed, and so imports the standard library alone.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

from scripts.parts import Stamp, digest
from scripts.tree import Tree, call

PIP_INSTALL: Final = "-m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement"
UV_INSTALL: Final = "pip install --quiet --no-progress --no-deps --system-certs"
"""A company's own certificate stands in the system's store, where pip finds it, too."""
INDEX_WAY_OUT: Final = (
    "Check the network, and the package index that pip is set to (pip config list) or uv (UV_DEFAULT_INDEX); "
    "then run make again."
)
LOCKS: Final = ("run", "delivery", "twin", "dev")
"""The lock files of `.venv`, each with all packages of those before it: to synthesize, plan, the twin, the checks."""
EKS_TWIN: Final = "constructs/eks_twin"
"""A distribution of its own, which the first two locks need nothing of."""


def is_whole(venv: Path) -> bool:
    """Whether a virtual environment works, and was made for this path, which its scripts name in their first lines."""
    activate, python = venv / "bin" / "activate", venv / "bin" / "python"
    own_path = rf"VIRTUAL_ENV=['\"]?{re.escape(str(venv))}['\"]?$"
    if not (activate.is_file() and re.search(own_path, activate.read_text(), flags=re.MULTILINE)):
        return False
    if not python.is_file():
        return False
    probe = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def make_venv(tree: Tree) -> None:
    """Makes the virtual environment from nothing, with the base interpreter: ours may be the one that is replaced."""
    if tree.venv.is_symlink():  # else `--clear` would empty what it points to, which is somebody else's
        tree.venv.unlink()
    python = getattr(sys, "_base_executable", sys.executable)
    way_out = (
        "Python's venv module is needed (Debian, Ubuntu: apt install python3-venv), or another Python: make PYTHON=..."
    )
    call([python, "-m", "venv", "--clear", tree.venv], tree, way_out)


def make_uv_venv(venv: Path, tree: Tree) -> None:
    """Makes one more from nothing, of the same Python and without pip."""
    uv, python = tree.venv / "bin" / "uv", tree.venv / "bin" / "python"
    call([uv, "venv", "--quiet", "--clear", "--python", python, venv], tree, "Run make again.")


def is_whole_with_pip(venv: Path) -> bool:
    """Whether it is whole, and can install uv: one that uv itself has made has no pip."""
    return is_whole(venv) and (venv / "bin" / "pip").is_file()


def install_uv(tree: Tree) -> None:
    """Installs uv, which installs all else: it takes a tenth of pip's time."""
    call([tree.venv / "bin" / "python", *PIP_INSTALL.split(), "requirements/uv.txt"], tree, INDEX_WAY_OUT)


def index_of_pip(settings: str) -> dict[str, str]:
    """Return what tells uv of the package index in `pip config list`: it reads none of pip's settings itself."""
    found = re.search(r"^[\w:]+\.index-url='(.+)'$", settings, flags=re.MULTILINE)
    chosen = {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ)
    return {"UV_DEFAULT_INDEX": found[1]} if found and not chosen else {}


def install(venv: Path, lock: str, tree: Tree) -> None:
    """Installs a lock file: hashes checked, nothing resolved, nothing compiled (see `compile_packages`)."""
    pip = [str(tree.venv / "bin" / "python"), "-m", "pip", "config", "list"]
    index = index_of_pip(subprocess.run(pip, capture_output=True, text=True, check=False).stdout)
    uv = [str(tree.venv / "bin" / "uv"), *UV_INSTALL.split(), "--python", str(venv / "bin" / "python")]
    call([*uv, "--require-hashes", "--requirement", f"requirements/{lock}.txt"], tree, INDEX_WAY_OUT, **index)
    if venv == tree.venv:  # an editable project has no hash
        projects = [word for project in editable_projects(lock) for word in ("--editable", project)]
        call([*uv, "--no-build-isolation", *projects], tree, INDEX_WAY_OUT, **index)


def editable_projects(lock: str) -> tuple[str, ...]:
    """Return the folders of the projects of this repository whose packages the lock file holds."""
    return (".",) if lock in {"run", "delivery"} else (".", EKS_TWIN)


def packages_stamp(wanted: str, tree: Tree) -> Stamp:
    """The key holds all locks: each one's packages are among those of the next, at one version."""
    projects = [tomllib.loads((tree.root / folder / "pyproject.toml").read_text()) for folder in (".", EKS_TWIN)]
    locks = [tree.root / "requirements" / f"{lock}.txt" for lock in LOCKS]
    parts = [(project["build-system"], project["project"], project["tool"]["hatch"]) for project in projects]
    key = digest(repr(parts), *locks)
    larger = LOCKS[LOCKS.index(wanted) + 1 :]
    return Stamp(tree.venv / ".setup" / "packages", f"{wanted} {key}", also=tuple(f"{lock} {key}" for lock in larger))
