"""A number that changes in steps over time: replicas, messages in a queue, nodes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Steps:
    """Moments (seconds, rising) and the value from each of them on. Raises ValueError where there is none."""

    points: Sequence[tuple[float, int]]

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("steps without a single point have no value at any time")

    def at(self, moment: float) -> int:
        """Return the value at a moment; before the first one, the first value."""
        index = bisect_right(self.points, moment, key=lambda point: point[0])
        return self.points[max(0, index - 1)][1]

    def between(self, start: float, end: float) -> Sequence[int]:
        """Return every value from start to end, both included."""
        return [self.at(start), *(value for moment, value in self.points if start < moment <= end)]

    def first(self, value: int, after: float = float("-inf")) -> float | None:
        """Return the first moment, from `after` on, at which the value is this one; None where it never is."""
        if after > float("-inf") and self.at(after) == value:
            return after
        return next((moment for moment, each in self.points if moment >= after and each == value), None)

    def area(self, end: float) -> float:
        """Return the value multiplied by time, from the first moment to the end: pod-seconds, of pods."""
        moments = [*(moment for moment, _ in self.points if moment < end), end]
        return sum((until - since) * self.at(since) for since, until in pairwise(moments))

    def scaled(self, factor: float, start: float = 0.0) -> "Steps":
        """Return the same steps in another time: seconds since `start`, multiplied by `factor`."""
        return Steps([((moment - start) * factor, value) for moment, value in self.points])


def changes(samples: Sequence[tuple[float, int]]) -> Steps:
    """Return samples as steps: each value at the moment where it was first seen. Raises ValueError without samples."""
    kept = [sample for index, sample in enumerate(samples) if index == 0 or sample[1] != samples[index - 1][1]]
    return Steps(kept)
