"""Which process a number means: numbers are reused, a number and the moment of its birth are not."""

from dataclasses import dataclass

import psutil

_SAME_MOMENT_SECONDS = 1.0
"""The system counts births from its own start, whose date moves a little when the clock is set."""


@dataclass(frozen=True)
class Identity:
    """A process, living or dead."""

    pid: int
    born: float
    """Seconds since 1970, as psutil says."""

    def process(self) -> psutil.Process | None:
        """Return the process while it lives; None when it is gone, even if its number now belongs to another."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.born) < _SAME_MOMENT_SECONDS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    @property
    def lives(self) -> bool:
        """Whether the process runs."""
        return self.process() is not None


def identity_of(pid: int) -> Identity | None:
    """Return who has this number now; None where nobody has."""
    try:
        return Identity(pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None
