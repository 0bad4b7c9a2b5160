"""Waits for something to happen, for a time."""

import time
from collections.abc import Callable

GLANCE_SECONDS = 0.2


def happens_within(seconds: float, happened: Callable[[], bool], *, glance: float = GLANCE_SECONDS) -> bool:
    """Return True as soon as it has happened, False when it has not in so many seconds. `glance`: between two looks."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(glance)
    return True
