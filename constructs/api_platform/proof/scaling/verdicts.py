"""Whether what was measured kept to the policy, and how far it lay behind what the policy allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eks_twin.measure.behavior import Behavior, highest, lowest
from eks_twin.measure.steps import Steps


@dataclass(frozen=True)
class Breach:
    """A step that went further than it might."""

    moment: float
    """Seconds."""
    replicas: int
    allowed: int

    def __str__(self) -> str:
        return f"{self.replicas} replicas after {self.moment:.0f} s, {self.allowed} were allowed"


def beyond_curve(measured: Steps, curve: Steps, tolerance: float) -> Sequence[Breach]:
    """Return the steps up to over the curve, and down to under it.

    `tolerance`: seconds by which either may be early, since the controller looks only once a sync period.
    """
    breaches = []
    for (_, before), (moment, after) in pairwise(measured.points):
        allowed = curve.between(moment - tolerance, moment + tolerance)
        if after > before and after > max(allowed):
            breaches.append(Breach(moment, after, max(allowed)))
        if after < before and after < min(allowed):
            breaches.append(Breach(moment, after, min(allowed)))
    return breaches


def beyond_policy(measured: Steps, behavior: Behavior, tolerance: float) -> Sequence[Breach]:
    """Return the steps that went further from where the replicas were a period before than the policies allow.

    Needs no curve: it is the policy's own sentence, "at most so much a minute", asked of every minute.
    """
    breaches = []
    for (_, before), (moment, after) in pairwise(measured.points):
        rules = behavior.up if after > before else behavior.down
        period = max(policy.period for policy in rules.policies)
        start = measured.at(moment - period + tolerance)
        limit = highest(rules, moment, start, (), ()) if after > before else lowest(rules, moment, start, (), ())
        if after > limit > start or after < limit < start:
            breaches.append(Breach(moment, after, limit))
    return breaches


def steepest(measured: Steps, period: float) -> int:
    """Return the most replicas that came within any one period."""
    return max((after - min(measured.between(moment - period, moment)) for moment, after in measured.points), default=0)
