"""Where built programs stay: one folder for each set of pins, shared by all checkouts of one user."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from eks_twin.errors import TwinError


class BinariesMissingError(TwinError):
    """Something is neither the user's own nor in the cache, and was not to be built."""


def cache_root() -> Path:
    """`~/.cache/eks-twin`, or in XDG_CACHE_HOME where that is set."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "eks-twin"


@contextlib.contextmanager
def one_at_a_time(folder: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the folder's lock; give its file descriptor.

    While another process holds it, `waiting` is called again and again, and may raise to give up. A child that inherits
    the descriptor keeps the lock for as long as it lives, even when its parent was killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        while not locked(handle.fileno()):
            waiting()
            time.sleep(0.2)
        yield handle.fileno()


def locked(descriptor: int) -> bool:
    """Take the lock if it is free."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
