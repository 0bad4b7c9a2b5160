"""How long work reports what it is at: a callback that gets one small value, from whichever thread does the work."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

State = Literal["running", "done", "failed"]


@dataclass(frozen=True)
class Step:
    """One line of a display: what somebody is at now."""

    name: str
    """Whose line it is: a family, or another piece of work that takes its time."""
    doing: str
    """In a few words."""
    state: State = "running"
    finished: int = 0
    """How many packages are compiled."""
    total: int = 0
    """How many are to be compiled in all; 0 while nobody knows."""
    started: float = field(default_factory=time.monotonic)
    """When the line first appeared, on the monotonic clock."""

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.started

    def then(self, doing: str, *, finished: int = 0, total: int = 0, state: State = "running") -> "Step":
        """Return what the same line shows next."""
        return replace(self, doing=doing, finished=finished, total=total, state=state)


Progress = Callable[[Step], None]


def in_silence(_step: Step) -> None:
    """Report to nobody."""
