"""What a plan warns of."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from api_platform.plan.changes import DeployChanges


class Danger(Enum):
    """How bad it is, the worst first; the values are the headings."""

    FAILS = "will fail"
    REMOVES = "deleted, replaced or left behind"
    WEAKENS = "weakens security"
    RESTARTS = "pods restart"
    SCALES = "scales differently"

    @property
    def needs_second_look(self) -> bool:
        """Return whether somebody should look again before this is deployed."""
        return self in (Danger.FAILS, Danger.REMOVES, Danger.WEAKENS)


@dataclass(frozen=True)
class Risk:
    """One thing to know before a deploy."""

    danger: Danger
    subject: str
    """The object, resource or stack that it is about."""
    value: str
    """What changes, with figures."""
    consequence: str
    """What comes of it."""
    remedy: str = ""
    """What to do instead, or about it. Default: there is nothing to do."""


FindRisks = Callable[[DeployChanges], list[Risk]]
"""Finds one kind of risk: each has a file of its own."""
