"""What can be built: a family is the programs that come out of one Go module of ours, under one set of pins."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


def pinned_versions(go_mod: str) -> dict[str, str]:
    """Module path -> version, from what the text of a go.mod requires, directly or not."""
    return dict(re.findall(r"^(?:\t|require )(\S+) (v\S+)(?: // indirect)?$", go_mod, flags=re.MULTILINE))


def nothing(_version: str) -> Mapping[str, str]:
    """Stamp no variable: the program knows its version without help."""
    return {}


@dataclass(frozen=True, eq=False)
class Family:
    """Programs that are pinned together and built together."""

    name: str
    folder: Path
    """Where our module lies: its go.mod pins every version, its go.sum the content."""
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

    @property
    def version(self) -> str:
        """What is built, as in v1.36.3."""
        return pinned_versions(self.go_mod)[self.pin]

    @property
    def go_mod(self) -> str:
        """The text of our module's go.mod."""
        return (self.folder / "go.mod").read_text(encoding="utf-8")

    @property
    def oldest_go(self) -> tuple[int, ...]:
        """The version of Go that our module asks for: (1, 26, 0)."""
        (version,) = re.findall(r"^go ([\d.]+)$", self.go_mod, flags=re.MULTILINE)
        return tuple(int(part) for part in version.split("."))

    @property
    def flags(self) -> list[str]:
        """The flags of `go build` that decide what comes out. The same sources give the same bytes on any machine."""
        stamps = "".join(f" -X {variable}={value}" for variable, value in self.stamps(self.version).items())
        tags = [f"-tags={','.join(self.tags)}"] if self.tags else []
        return ["-mod=readonly", "-buildvcs=false", "-trimpath", f"-ldflags=-s -w{stamps}", *tags]

    @property
    def fingerprint(self) -> str:
        """Sixteen digits that change with any pin and any flag."""
        go_sum = (self.folder / "go.sum").read_bytes()
        return hashlib.sha256(self.go_mod.encode() + go_sum + repr(self.flags).encode()).hexdigest()[:16]


def name_by_go(package: str) -> str:
    """Return what `go build` calls the program of a package: the path's last part that is no major version."""
    *parents, last = package.split("/")
    return parents[-1] if re.fullmatch(r"v\d+", last) else last
