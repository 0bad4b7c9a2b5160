"""A Go module of ours: it pins what is built or read, and has hardly any code of its own."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path


def pinned_versions(go_mod: str) -> dict[str, str]:
    """Module path -> version, from what the text of a go.mod requires, directly or not."""
    return dict(re.findall(r"^(?:\t|require )(\S+) (v\S+)(?: // indirect)?$", go_mod, flags=re.MULTILINE))


@dataclass(frozen=True)
class GoModule:
    """The module in a folder."""

    folder: Path

    @property
    def go_mod(self) -> str:
        """The text of go.mod."""
        return (self.folder / "go.mod").read_text(encoding="utf-8")

    @property
    def versions(self) -> dict[str, str]:
        """Module path -> pinned version."""
        return pinned_versions(self.go_mod)

    @property
    def oldest_go(self) -> tuple[int, ...]:
        """The version of Go that go.mod asks for: (1, 26, 0)."""
        (version,) = re.findall(r"^go ([\d.]+)$", self.go_mod, flags=re.MULTILINE)
        return tuple(int(part) for part in version.split("."))

    def fingerprint(self, also: object) -> str:
        """Return sixteen digits that change with any pin, any code, and with `also`: what is made of them."""
        digest = hashlib.sha256(self.go_mod.encode() + (self.folder / "go.sum").read_bytes())
        for source in sorted(self.folder.rglob("*.go")):
            digest.update(source.relative_to(self.folder).as_posix().encode() + source.read_bytes())
        digest.update(repr(also).encode())
        return digest.hexdigest()[:16]
