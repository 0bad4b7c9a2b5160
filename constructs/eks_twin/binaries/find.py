"""Finds the programs of the families, and builds what is missing."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from eks_twin.binaries.build import absent, build, cache_folder
from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.family import Family
from eks_twin.binaries.go import Go
from eks_twin.binaries.go_on_demand import find_go
from eks_twin.binaries.step import Progress, Step, in_silence
from eks_twin.errors import InputError, command

Binaries: TypeAlias = Mapping[str, Path]
"""Name of a program -> where it lies."""


def find_binaries(families: Sequence[Family], *, build: bool = True, progress: Progress = in_silence) -> Binaries:
    """Return where each program of the families lies.

    A program comes from the folder that KUBEBUILDER_ASSETS names (the user's own; its version is reported), else from
    the cache, else it is built, minutes the first time. With `build=False`, BinariesMissingError instead; TwinError
    where Go cannot be had or a build fails; InputError for a KUBEBUILDER_ASSETS that is no use.
    """
    own = {program: path for family in families for program, path in own_binaries(family, progress).items()}
    wanted = {family: [program for program in family.programs if program not in own] for family in families}
    missing = {family: absent(family, programs) for family, programs in wanted.items()}
    to_build = {family: programs for family, programs in missing.items() if programs}
    if to_build and not build:
        names = ", ".join(program for programs in to_build.values() for program in programs)
        words = " ".join(family.name for family in to_build)
        raise BinariesMissingError(f"not built yet: {names}. `{command()} binaries {words}` builds them")
    if to_build:
        build_all(to_build, progress)
    cached = {program: cache_folder(family) / program for family, programs in wanted.items() for program in programs}
    return MappingProxyType({**own, **cached})


def own_binaries(family: Family, progress: Progress) -> dict[str, Path]:
    """Return those programs that lie in the folder the user names, and report the version of each."""
    named = os.environ.get(family.own_folder) if family.own_folder else None
    if not named:
        return {}
    folder = Path(named)
    if not folder.is_dir():
        raise InputError(f"{family.own_folder}: {named} is no folder. Unset it, and the programs are built.")
    found = {program: folder / program for program in family.programs if (folder / program).is_file()}
    for program, path in found.items():
        progress(Step(program, f"{version_line(path, family)}, from {family.own_folder}", state="done"))
    return found


def version_line(program: Path, family: Family) -> str:
    """Return the first line of what the program says of its version."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise InputError(
            f"{family.own_folder}: {program} does not run ({error}). Remove it, or unset the variable."
        ) from None
    return next(iter(done.stdout.splitlines()), "of a version that it does not tell")


def build_all(missing: Mapping[Family, Sequence[str]], progress: Progress) -> None:
    """Build several families side by side, the longest first. The first failure stops the others."""
    go = find_go(max(family.module.oldest_go for family in missing), progress)
    processors = os.cpu_count() or 1
    # Compiling fills all processors; but fetching fills none, and linking one, so two families at a time finish sooner.
    at_once = max(2, processors // 4)
    with ThreadPoolExecutor(at_once) as pool:
        longest_first = sorted(missing, key=lambda family: -family.cold_seconds)
        jobs = [pool.submit(build, family, missing[family], go, processors, progress) for family in longest_first]
        try:
            finished, _ = wait(jobs, return_when=FIRST_EXCEPTION)
            for job in finished:
                job.result()
        except BaseException:  # an interruption too: nobody waits for minutes of work that nobody wants
            stop(go, pool)
            raise


def stop(go: Go, pool: ThreadPoolExecutor) -> None:
    """End the builds that run, and forget those that wait."""
    pool.shutdown(wait=False, cancel_futures=True)
    go.stop()
