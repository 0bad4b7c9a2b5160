"""Counts of pods as lines of a plot."""

from collections.abc import Iterable

from eks_twin.measure.steps import Steps
from eks_twin.proof.plot import Series


def line(label: str, steps: Steps, end: float, *, dashed: bool = False) -> Series:
    """Return a step line that reaches to the end of the recording."""
    return Series(label, [*(point for point in steps.points if point[0] < end), (end, steps.at(end))], dashed=dashed)


def total(each: Iterable[Steps]) -> Steps:
    """Return the sum of several counts. Raises ValueError where there is none."""
    counts = list(each)
    moments = sorted({moment for steps in counts for moment, _ in steps.points})
    return Steps([(moment, sum(steps.at(moment) for steps in counts)) for moment in moments])
