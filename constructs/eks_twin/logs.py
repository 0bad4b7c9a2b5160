"""Reads the logs of the twin's programs."""

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

_GLANCE_SECONDS = 0.3


def tail(file: Path, lines: int) -> str:
    """Return the last lines of a file."""
    with file.open(errors="replace") as log:
        return "".join(deque(log, maxlen=lines)).rstrip("\n")


def follow(file: Path, show: Callable[[str], object]) -> None:
    """Show each line that is added, until interrupted."""
    with file.open(errors="replace") as log:
        log.seek(0, 2)
        while True:
            if line := log.readline():
                show(line.rstrip("\n"))
            else:
                time.sleep(_GLANCE_SECONDS)
