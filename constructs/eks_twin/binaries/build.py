"""Builds the programs of one family with Go, so that each is there whole or not at all."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from eks_twin.binaries.cache import cache_root, one_at_a_time
from eks_twin.binaries.family import Family, name_by_go
from eks_twin.binaries.go import Go, GoFailedError
from eks_twin.binaries.step import Progress, Step
from eks_twin.errors import TwinError


def cache_folder(family: Family) -> Path:
    """Return where the built programs of a family lie. Other pins or flags, another folder."""
    return cache_root() / f"{family.name}-{family.fingerprint}"


def build(family: Family, programs: Sequence[str], go: Go, processors: int, progress: Progress) -> None:
    """Build those of the programs that are not in the cache by then. Raises TwinError with what Go said."""
    step = Step(family.name, f"{family.version}: about {spoken(family.cold_seconds)}, once")

    def waiting() -> None:
        go.raise_if_stopped()
        progress(step.then("another process is building it"))

    try:
        with one_at_a_time(cache_folder(family), waiting) as lock:
            if missing := absent(family, programs):
                progress(step)
                compile_into(cache_folder(family), missing, Compiler(go, family, processors, lock, step, progress))
    except GoFailedError as error:
        progress(step.then("failed", state="failed"))
        raise TwinError(
            f"{family.name} {family.version} could not be built from {family.module.folder}:\n{error}\n"
            "Go takes the modules that it names from its proxy (go env GOPROXY) or its cache. What is compiled so far "
            "is kept." + other_way(family, programs)
        ) from None
    progress(step.then(f"{family.version} is built: {', '.join(programs)}", state="done"))


def other_way(family: Family, programs: Sequence[str]) -> str:
    """Return how to do without building, for families where one can."""
    return f" Or name a folder that holds {', '.join(programs)} in {family.own_folder}." if family.own_folder else ""


def absent(family: Family, programs: Sequence[str]) -> list[str]:
    """Return those of the programs that are not in the cache."""
    return [program for program in programs if not (cache_folder(family) / program).is_file()]


class Compiler:
    """Go at work on one family: counts what is to be done, and then what is done."""

    def __init__(self, go: Go, family: Family, processors: int, lock: int, step: Step, progress: Progress) -> None:
        self.go = go
        self.family = family
        self.processors = processors
        self.lock = lock
        self.step = step
        self.progress = progress

    def stale(self, packages: Sequence[str]) -> set[str]:
        """Return what Go will compile: what the packages consist of, less what is in Go's cache already.

        Go fetches the modules for it, which takes longer than all else where there are none.
        """
        template = "-f={{if .Stale}}{{.ImportPath}}{{end}}"
        return set(self.run(["list", "-deps", *self.family.flags, template, *packages], self.fetching).split())

    def compile(self, packages: Sequence[str], output: Path) -> None:
        """Build the programs of the packages into a folder, under the names that Go gives them."""
        stale = self.stale(packages)
        total = len(stale)
        self.progress(self.step.then(f"packages to compile: {total}"))

        def compiled(package: str) -> bool:
            if package not in stale:
                return self.fetching(package)
            stale.discard(package)
            # Go tells when it begins with a package. The programs' own packages come last, and linking after them.
            doing = "linking" if stale.issubset(packages) else f"compiling {package}"
            self.progress(self.step.then(doing, finished=total - len(stale), total=total))
            return True

        self.run(["build", "-v", *self.family.flags, f"-p={self.processors}", f"-o={output}/", *packages], compiled)

    def fetching(self, line: str) -> bool:
        """Report a module on its way."""
        _, found, module = line.partition("go: downloading ")
        if found:
            self.progress(self.step.then(f"fetching {module}"))
        return bool(found)

    def run(self, arguments: Sequence[str], is_progress: Callable[[str], bool]) -> str:
        """Run Go on the family's module. It keeps the lock: killed, we leave a Go behind that still uses the folder."""
        return self.go.run(arguments, self.family.module.folder, is_progress=is_progress, keep_open=[self.lock])


def compile_into(folder: Path, programs: Sequence[str], compiler: Compiler) -> None:
    """Build the programs beside where they belong, then move each to its place at once."""
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    packages = [compiler.family.programs[program] for program in programs]
    compiler.compile(packages, unfinished)
    for program, package in zip(programs, packages, strict=True):
        (unfinished / name_by_go(package)).replace(folder / program)
    shutil.rmtree(unfinished)


def spoken(seconds: int) -> str:
    """Say how long in the unit that fits: 35 s, 6 min."""
    return f"{seconds} s" if seconds < 90 else f"{(seconds + 30) // 60} min"
