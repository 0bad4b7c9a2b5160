"""A make in small: a part is made once, and again when what it was made from has changed.

For scripts that run before anything is installed: standard library only.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One thing to make: passed over while `is_current()`."""

    name: str
    is_current: Callable[[], bool]
    make: Callable[[], None]


@dataclass(frozen=True)
class Stamp:
    """A file that says what a part was made from. It is written last, so a part that was cut off is made again."""

    path: Path
    key: str
    also: tuple[str, ...] = ()
    """Other keys that will do as well."""

    def is_current(self) -> bool:
        return self.path.is_file() and self.path.read_text() in {self.key, *self.also}

    def write(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.key)


def stamped(name: str, stamp: Stamp, make: Callable[[], None]) -> Part:
    """A part that is current while its stamp holds the key."""

    def make_and_stamp() -> None:
        make()
        stamp.write()

    return Part(name, stamp.is_current, make_and_stamp)


def digest(*inputs: Path | str) -> str:
    """A hash over files' bytes and plain strings."""
    total = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        total.update(b"%d:" % len(content) + content)
    return total.hexdigest()


def make_parts(parts: Iterable[Part]) -> list[tuple[str, float]]:
    """Makes what is not current, in order. Returns the names and seconds of what it made."""
    made = []
    for part in parts:
        if part.is_current():
            continue
        print(f"setting up: {part.name}", flush=True)
        started = time.monotonic()
        part.make()
        made.append((part.name, time.monotonic() - started))
    return made
