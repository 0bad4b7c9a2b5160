"""A plan: what a deploy of one environment changes, and what is dangerous about it."""

from collections import Counter
from dataclasses import dataclass

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.risks import Danger, Risk, find_risks
from api_platform.plan.states import DeployState

CHANGES, SECOND_LOOK = 3, 4
"""Exit codes with `--detailed-exit-code`."""


@dataclass(frozen=True)
class DeployPlan:
    """What a deploy of one environment would do."""

    environment: str
    against: str
    """What it is compared with, as messages name it."""
    changes: DeployChanges
    risks: tuple[Risk, ...]
    """The worst first."""
    notes: tuple[str, ...] = ()
    """What to know of the comparison itself. Default: nothing."""

    @classmethod
    def of(cls, environment: str, against: str, changes: DeployChanges, notes: tuple[str, ...] = ()) -> "DeployPlan":
        """Judge the changes."""
        return cls(environment, against, changes, tuple(find_risks(changes)), notes)

    @classmethod
    def empty(cls, environment: str, against: str) -> "DeployPlan":
        """Return the plan of two sides that are known to be one, and so need not be looked at."""
        nothing = DeployState({})
        return cls(environment, against, DeployChanges.between(nothing, nothing), ())

    @property
    def is_empty(self) -> bool:
        """Return whether a deploy would change nothing."""
        return self.changes.is_empty

    @property
    def needs_second_look(self) -> bool:
        """Return whether something fails, goes or gets less secure."""
        return any(risk.danger.needs_second_look for risk in self.risks)

    @property
    def actions(self) -> Counter[Action]:
        """Return how many objects come, change, go."""
        return Counter(change.action for change in self.changes.objects)

    @property
    def dangers(self) -> Counter[Danger]:
        """Return how many risks there are of each danger."""
        return Counter(risk.danger for risk in self.risks)

    @property
    def detailed_exit_code(self) -> int:
        """Return 0 where nothing changes, 3 where something does, 4 where somebody should look again."""
        if self.needs_second_look:
            return SECOND_LOOK
        return 0 if self.is_empty else CHANGES
