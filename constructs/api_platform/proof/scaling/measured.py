"""What a workload did under load, in scenario time, beside what its policy allows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from api_platform.proof.scaling.verdicts import Breach, beyond_curve, beyond_policy, steepest
from eks_twin.measure.behavior import Behavior
from eks_twin.measure.curve import by_total, curve
from eks_twin.measure.steps import Steps

MINUTE = 60.0


@dataclass(frozen=True)
class Backlog:
    """A burst of messages, and what became of it."""

    sent: int
    messages_per_pod: int
    job_seconds: float
    """Scenario seconds that a pod works on a message."""
    depth: Steps
    """Messages that wait or are in flight."""

    @property
    def drained(self) -> float | None:
        """When the queue was empty; None where it never was."""
        burst = next((moment for moment, depth in self.depth.points if depth), 0.0)
        return self.depth.first(0, burst)


@dataclass(frozen=True)
class Measured:
    """One workload. All moments are scenario seconds since the load came."""

    workload: str
    measure: str
    """What it scales by here: CPU, memory or queue depth."""
    behavior: Behavior
    replicas: Steps
    """Wanted by its autoscaler."""
    ready: Steps
    """Pods."""
    relieved: float
    """When the load was taken away; of a backlog, the end."""
    end: float
    sync: float
    """Seconds between two looks of the autoscaler."""
    backlog: Backlog | None = None
    at_rest: float = 0.0
    """Share of its replicas that an idle workload seems to need, by its memory: that does not go where load goes."""

    @cached_property
    def curve(self) -> Steps:
        """The exact curve that the policy allows, for an autoscaler that looks every second.

        Under CPU and memory the load asks for the maximum until it goes. Of a queue, its measured depth asks.
        """
        return curve(self.behavior, self.behavior.minimum, self._wanted, range(int(self.end) + 1))

    def _wanted(self, moment: float, replicas: int) -> int:
        return max(self._asked_for(moment, replicas), math.ceil(self.at_rest * replicas))

    def _asked_for(self, moment: float, replicas: int) -> int:
        if self.backlog:
            return by_total(self.backlog.depth.at(moment), self.backlog.messages_per_pod, replicas)
        return self.behavior.maximum if moment <= self.relieved else self.behavior.minimum

    @property
    def breaches(self) -> Sequence[Breach]:
        """Where it went further than it might: past what a minute allows, or up past the curve.

        On the way down from a backlog the two differ by what each saw of the queue and when; there the minute counts.
        """
        past_curve = beyond_curve(self.replicas, self.curve, self.sync)
        if self.backlog:
            top = self.to_maximum(self.replicas) or self.end
            past_curve = [breach for breach in past_curve if breach.moment <= top]
        return [*past_curve, *beyond_policy(self.replicas, self.behavior, self.sync)]

    @property
    def steepest_minute(self) -> int:
        """The most replicas that came within a minute less one sync period, which is how exactly we can tell."""
        return steepest(self.replicas, MINUTE - self.sync)

    def to_maximum(self, steps: Steps) -> float | None:
        """Return when the steps first reach the maximum."""
        return steps.first(self.behavior.maximum, 0)

    def to_minimum(self, steps: Steps) -> float | None:
        """Return when the steps are back at the minimum after the maximum; None where one of them is not reached."""
        top = self.to_maximum(steps)
        return None if top is None else steps.first(self.behavior.minimum, top)

    def pod_hours(self, steps: Steps) -> float:
        """Return the pod-hours from the load's coming to the end."""
        return from_zero(steps).area(self.end) / 3600


def from_zero(steps: Steps) -> Steps:
    """Return the steps without what was before the load came."""
    return Steps([(0.0, steps.at(0)), *(point for point in steps.points if point[0] > 0)])
