"""From values to places on a drawing, and the values at which an axis has its ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eks_twin.proof.quantities import number

_TIME_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)
_LETTER = 6.8
"""Mean width of a letter of the drawings' text, in their units: on the wide side, as fonts differ."""

_NOTHING = 1e-6
"""Below this, an axis has no ticks that anybody could read."""

_TIME_UNITS = ((3600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True)
class Scale:
    """Maps `low`..`high` of the data to `start`..`end` of the drawing, straight."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def count_ticks(highest: float, at_most: int, *, whole: bool) -> Sequence[float]:
    """Return round values from 0 to above the highest, so that a line never runs along the upper edge.

    `whole` leaves out fractions, as there is no half of a pod.
    """
    if highest < _NOTHING:
        return [0, 1]
    tens = 10 ** math.floor(math.log10(highest))
    candidates = [1, *(tens * factor for factor in (0.1, 0.2, 0.5, 1, 2, 5, 10))]
    usable = (step for step in sorted(candidates) if step >= 1 or not whole)
    step = next(step for step in usable if _above(highest, step) <= at_most)
    return [round(step * at, 9) for at in range(_above(highest, step) + 1)]


def time_ticks(low: float, high: float, at_most: int) -> Sequence[float]:
    """Return round times from `low` to `high` seconds."""
    days = (86400.0 * 2**power for power in range(1, 40))
    step = next(step for step in (*_TIME_STEPS, *days) if (high - low) / step < at_most)
    return [round(step * at, 9) for at in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1)]


def time_labels(ticks: Sequence[float]) -> Sequence[str]:
    """Return the ticks in the largest unit in which all of them are whole: 30 s, 60 s; 1 min, 2 min."""
    size, unit = next(
        (size, unit) for size, unit in _TIME_UNITS if size == 1 or all(tick % size == 0 for tick in ticks)
    )
    return [f"{number(tick / size)}\N{NO-BREAK SPACE}{unit}" if tick else "0" for tick in ticks]


def text_width(text: str) -> float:
    """Return about how wide a text of the drawings' size is: SVG cannot ask before a browser lays it out."""
    return len(text) * _LETTER


def fitted(text: str, width: float) -> str:
    """Return the text, cut where it is wider than this. The drawing's description has all of it."""
    room = int(width / _LETTER)
    return text if len(text) <= room else f"{text[: max(room - 1, 0)].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _above(highest: float, step: float) -> int:
    return math.floor(highest / step + 1e-9) + 1
