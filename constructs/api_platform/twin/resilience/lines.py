"""Counts of pods as lines of a plot."""

from collections.abc import Iterable

from api_platform.twin.proof.plot import Series
from api_platform.twin.scaling.steps import Steps


def line(label: str, steps: Steps, end: float, *, dashed: bool = False) -> Series:
    """Return a step line that reaches to the end of the recording."""
    return Series(label, [*(point for point in steps.points if point[0] < end), (end, steps.at(end))], dashed=dashed)


def total(each: Iterable[Steps]) -> Steps:
    """Return the sum of several counts. Raises ValueError where there is none."""
    counts = list(each)
    moments = sorted({moment for steps in counts for moment, _ in steps.points})
    return Steps([(moment, sum(steps.at(moment) for steps in counts)) for moment in moments])
