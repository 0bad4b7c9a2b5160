"""Write the Python classes of `imports/` from the definitions in `imports/crds/`.

`make imports` runs this: `cdk8s import` once per file, with the pinned cdk8s and Node, without a network. The classes
are generated into a folder of their own and moved into place only when all of them are there.

`--check` generates and compares instead. It exits with 1 and names the files when `imports/` is not what the generator
writes: somebody edited a class by hand, or changed a definition or the version of cdk8s without running it again.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
IMPORTS: Final = ROOT / "imports"
CRDS: Final = IMPORTS / "crds"
TOOLS: Final = ROOT / ".venv" / "bin"
NODE: Final = TOOLS / "node"
CDK8S: Final = ROOT / "node_modules" / ".bin" / "cdk8s"
WORK: Final = ROOT / ".cache"
"""Ignored by git, and on the same disk as `imports/`: a folder made here can be renamed into place."""


def generate(output: Path) -> None:
    """Generate the classes of every definition file into the folder, a few files at a time."""
    definitions = sorted(CRDS.glob("*.yaml"))
    if not definitions:
        stop("imports/crds holds no definitions: git restore imports/crds, or make imports-update")
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 4)) as pool:
        for failure in pool.map(lambda definition: generate_one(definition, output), definitions):
            if failure:
                stop(failure)


def generate_one(definition: Path, output: Path) -> str:
    """Generate the classes of one file; return what went wrong, or nothing."""
    command = [str(NODE), str(CDK8S), "import", str(definition), "--language", "python", "--output", str(output)]
    # cdk8s starts jsii by its first line, which looks for node on PATH. It must find ours.
    path = os.pathsep.join([str(TOOLS), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "CDK8S_CHECK_UPGRADE": "false"}
    # It would read, and take defaults from, a cdk8s.yaml in its working directory: ours is at the root.
    run = subprocess.run(
        [*command, "--no-save"],
        cwd=output.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode or not (output / package(definition) / "__init__.py").is_file():
        return f"cdk8s import {definition.relative_to(ROOT)} failed:\n{run.stdout}{run.stderr}"
    return ""


def package(definition: Path) -> Path:
    """Where cdk8s writes the classes of a file: `cert-manager.io.yaml` becomes `io/cert_manager`."""
    return Path(*reversed(definition.stem.replace("-", "_").split(".")))


def keep_equal_archives(generated: Path, committed: Path) -> None:
    """Take over each committed archive whose content has not changed.

    What jsii writes is the same on every machine, except for the last step: zlib compresses the same content to other
    bytes on another kind of processor. Without this, `make imports` on a Mac would change every archive for nothing.
    """
    for archive in generated.rglob("*.tgz"):
        old = committed / archive.relative_to(generated)
        if old.is_file() and unpacked(old) == unpacked(archive):
            shutil.copyfile(old, archive)


def unpacked(archive: Path) -> bytes | None:
    """What is inside; None when the file is damaged."""
    try:
        return gzip.decompress(archive.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def differences(generated: Path, committed: Path) -> list[str]:
    """One line for each file that is not the same in both folders."""
    fresh, old = files(generated), files(committed)
    lines = [f"missing: {name}" for name in fresh.keys() - old.keys()]
    lines += [f"not generated: {name}" for name in old.keys() - fresh.keys()]
    lines += [f"differs: {name}" for name in fresh.keys() & old.keys() if fresh[name] != old[name]]
    return sorted(lines)


def files(folder: Path) -> dict[str, bytes]:
    """Path below the folder -> content, of all that is generated."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        path.as_posix(): (folder / path).read_bytes()
        for path in paths
        if path.parts[0] != CRDS.name and "__pycache__" not in path.parts
    }


def replace(generated: Path, spare: Path) -> None:
    """Put the generated packages in place of all that `imports/` holds beside the definitions."""
    spare.mkdir()
    for old in IMPORTS.iterdir():
        if old != CRDS:
            old.rename(spare / old.name)
    for new in generated.iterdir():
        new.rename(IMPORTS / new.name)


def check_tools() -> None:
    """Stop when the pinned Node or cdk8s is not installed: another one writes other classes."""
    for tool in (NODE, CDK8S):
        if not tool.exists():
            stop(f"{tool.relative_to(ROOT)} is missing: `make setup` installs it")


def stop(message: str) -> NoReturn:
    """End with one clear message, and the exit code of bad input."""
    print(f"generate_imports: {message}", file=sys.stderr)
    raise SystemExit(2)


def main() -> None:
    """Generate; then replace, or with `--check` compare."""
    parser = argparse.ArgumentParser(description="Write the classes of imports/ from the definitions in imports/crds/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if imports/ is not what it writes")
    check: bool = parser.parse_args().check
    check_tools()
    WORK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="imports-", dir=WORK) as folder:
        generated = Path(folder, "generated")
        generated.mkdir()
        generate(generated)
        keep_equal_archives(generated, IMPORTS)
        changes = differences(generated, IMPORTS)
        if check and changes:
            print("imports/ is not what `make imports` writes:", *changes, sep="\n  ", file=sys.stderr)
            raise SystemExit(1)
        if changes and not check:
            replace(generated, Path(folder, "replaced"))
    print(*(changes or ["imports/ is up to date"]), sep="\n")


if __name__ == "__main__":
    main()
