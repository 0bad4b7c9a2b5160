"""The exact curve of replicas over time that a behavior allows: one autoscaler, played through without a cluster."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eks_twin.measure.behavior import Behavior, ReplicaChange, highest, lowest
from eks_twin.measure.steps import Steps

TOLERANCE = 0.1
"""How far from its target a measure may be before the controller acts: kube-controller-manager's default."""

Wanted = Callable[[float, int], int]
"""How many replicas the metrics ask for, at a moment and with so many replicas."""


def by_total(total: float, target: float, replicas: int) -> int:
    """Return how many replicas a total asks for at a target for each, as HPA counts by AverageValue.

    Within the tolerance it asks for what there is.
    """
    if abs(total / (target * replicas) - 1) <= TOLERANCE:
        return replicas
    return math.ceil(total / target)


@dataclass
class SimulatedAutoscaler:
    """One autoscaler with its memory: the changes and the recommendations that still count."""

    behavior: Behavior
    replicas: int
    _ups: list[ReplicaChange] = field(default_factory=list)
    _downs: list[ReplicaChange] = field(default_factory=list)
    _recommended: list[tuple[float, int]] = field(default_factory=list)

    def sync(self, now: float, wanted: int) -> int:
        """Do what the controller does once a sync period, and return the replicas after it."""
        if not self.behavior.minimum <= self.replicas <= self.behavior.maximum:
            # Out of bounds, it goes straight to the bound: no policy holds it up, and no metric is asked.
            return self._move(now, min(max(self.replicas, self.behavior.minimum), self.behavior.maximum))
        calm = self._stabilized(now, wanted)
        return self._move(now, self._limited(now, calm))

    def _stabilized(self, now: float, wanted: int) -> int:
        """Return the least movement that any recommendation in the windows asked for."""
        up, down = self.behavior.up.window, self.behavior.down.window
        if not self._recommended:
            self._recommended.append((now, self.replicas))  # what it finds counts as asked for
        recent = [(moment, count) for moment, count in self._recommended if moment > now - max(up, down)]
        least = min([wanted, *(count for moment, count in recent if moment > now - up)])
        most = max([wanted, *(count for moment, count in recent if moment > now - down)])
        # Of the same count asked for again and again, the last time is the one that matters.
        self._recommended = [*(recent[:-1] if recent and recent[-1][1] == wanted else recent), (now, wanted)]
        return min(max(self.replicas, least), most)

    def _limited(self, now: float, wanted: int) -> int:
        if wanted > self.replicas:
            limit = highest(self.behavior.up, now, self.replicas, self._ups, self._downs)
            return min(wanted, limit, self.behavior.maximum)
        if wanted < self.replicas:
            limit = lowest(self.behavior.down, now, self.replicas, self._ups, self._downs)
            return max(wanted, limit, self.behavior.minimum)
        return wanted

    def _move(self, now: float, to: int) -> int:
        if to > self.replicas:
            self._ups.append(ReplicaChange(now, to - self.replicas))
        elif to < self.replicas:
            self._downs.append(ReplicaChange(now, self.replicas - to))
        self.replicas = to
        return to


def curve(behavior: Behavior, start: int, wanted: Wanted, moments: Sequence[float]) -> Steps:
    """Return the replicas from `start` on, for an autoscaler that looks at these moments (seconds, rising)."""
    autoscaler = SimulatedAutoscaler(behavior, start)
    steps = [(moments[0], start)]
    for moment in moments:
        before = autoscaler.replicas
        after = autoscaler.sync(moment, wanted(moment, before))
        if after != before:
            steps.append((moment, after))
    return Steps(steps)
