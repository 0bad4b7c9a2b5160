"""Finds promtool, which tests Prometheus rules as rules; builds it with Go where it is not installed.

Printed by `python scripts/promtool.py`. The pinned version is in tools/promtool/go.mod.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).resolve().parent.parent / "tools" / "promtool"
PACKAGE: Final = "github.com/prometheus/prometheus/cmd/promtool"

BUILD_TAGS: Final = "remove_all_sd,netgo"
"""Leaves out the clients of 25 clouds' service discovery, which rule tests never call, and cgo."""


class PromtoolMissingError(Exception):
    """promtool was demanded with REQUIRE_PROMTOOL=1, and can neither be found nor be built."""


def find_promtool() -> Path | None:
    """The promtool on PATH, else the one built earlier, else one built now (two minutes, once for each version).

    None when there is no Go to build it with, so that the caller can leave its checks out and say how many;
    with REQUIRE_PROMTOOL=1 in the environment that is an error instead, so that CI never leaves them out.
    """
    if installed := shutil.which("promtool"):
        return Path(installed)
    built = cache_folder() / "promtool"
    if built.is_file():
        return built
    problem = build(built) if shutil.which("go") else "there is no promtool on PATH, and no Go to build it with"
    if problem is None:
        return built
    if os.environ.get("REQUIRE_PROMTOOL") == "1":
        raise PromtoolMissingError(f"promtool: {problem}. Install promtool or Go, or unset REQUIRE_PROMTOOL.")
    print(f"promtool: {problem}", file=sys.stderr)
    return None


def cache_folder() -> Path:
    """One folder for each pinned version, shared by all checkouts."""
    pinned = hashlib.sha256((SOURCE / "go.mod").read_bytes() + (SOURCE / "go.sum").read_bytes() + BUILD_TAGS.encode())
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "api-platform" / f"promtool-{pinned.hexdigest()[:16]}"


def build(target: Path) -> str | None:
    """Builds promtool so that `target` is there whole or not at all. Returns what went wrong."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(target.parent / "lock"), tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        if target.is_file():  # another process built it while this one waited
            return None
        print("promtool: building it with Go, about two minutes, once", file=sys.stderr, flush=True)
        started = time.monotonic()
        done = subprocess.run(build_command(Path(scratch)), cwd=SOURCE, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"the build with Go failed: {done.stderr.strip()}"
        (Path(scratch) / "promtool").replace(target)
        print(f"promtool: built in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return None


def build_command(output: Path) -> list[str]:
    flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", f"-tags={BUILD_TAGS}", "-p=2"]
    return ["go", "build", *flags, f"-o={output / 'promtool'}", PACKAGE]


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Holds a file lock: two test processes that build at once would take twice as long."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        found = find_promtool()
    except PromtoolMissingError as error:
        sys.exit(str(error))
    if found is None:
        sys.exit(1)
    print(found)
