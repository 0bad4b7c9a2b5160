"""What can be built: a family is the programs that come out of one Go module of ours, under one set of pins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eks_twin.binaries.go_module import GoModule


def nothing(_version: str) -> Mapping[str, str]:
    """Stamp no variable: the program knows its version without help."""
    return {}


@dataclass(frozen=True, eq=False)
class Family:
    """Programs that are pinned together and built together."""

    name: str
    module: GoModule
    """Our module, which pins every version and every content."""
    pin: str
    """The module whose version is the family's own."""
    programs: Mapping[str, str]
    """Name of the program -> Go package that it is built from."""
    cold_seconds: int
    """How long a first build took on 2 cores, once the modules were there."""
    stamps: Callable[[str], Mapping[str, str]] = nothing
    """Version -> Go variables, each with its value: without them, a program would not know its own version."""
    tags: tuple[str, ...] = ()
    """Build tags."""
    own_folder: str | None = "KUBEBUILDER_ASSETS"
    """The environment variable that may name a folder of the user's own programs, which come first."""

    @property
    def version(self) -> str:
        """What is built, as in v1.36.3."""
        return self.module.versions[self.pin]

    @property
    def flags(self) -> list[str]:
        """The flags of `go build` that decide what comes out. The same sources give the same bytes on any machine."""
        stamps = "".join(f" -X {variable}={value}" for variable, value in self.stamps(self.version).items())
        tags = [f"-tags={','.join(self.tags)}"] if self.tags else []
        return ["-mod=readonly", "-buildvcs=false", "-trimpath", f"-ldflags=-s -w{stamps}", *tags]

    @property
    def fingerprint(self) -> str:
        """Sixteen digits that change with any pin and any flag."""
        return self.module.fingerprint(self.flags)


def name_by_go(package: str) -> str:
    """Return what `go build` calls the program of a package: the path's last part that is no major version."""
    *parents, last = package.split("/")
    return parents[-1] if re.fullmatch(r"v\d+", last) else last
