"""How figures are written, and what they are held against."""

import math
from dataclasses import dataclass
from typing import Literal

_THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Limit:
    """What a figure must keep. Made by `at_least`, `at_most` and `exactly`."""

    word: Literal["at least", "at most", "exactly"]
    value: float

    def allows(self, value: float) -> bool:
        """Return whether the value keeps the limit; one that is equal to it does."""
        match self.word:
            case "at least":
                return value >= self.value
            case "at most":
                return value <= self.value
            case "exactly":
                return value == self.value

    def __str__(self) -> str:
        return f"{self.word}{_NO_BREAK}{_grouped(self.value, 9)}"


def at_least(value: float) -> Limit:
    """Return the limit that a figure must reach."""
    return Limit("at least", value)


def at_most(value: float) -> Limit:
    """Return the limit that a figure must not exceed."""
    return Limit("at most", value)


def exactly(value: float) -> Limit:
    """Return the limit of one value. For counts: no two measured times are equal."""
    return Limit("exactly", value)


def number(value: float, limit: Limit | None = None) -> str:
    """Write a number with three digits, and all of those before the point: 12 345, 31.4, 0.27, 0.0012.

    Where rounding would carry it over its limit (90.04 beside "at most 90"), it gets as many digits as tell the two
    apart.
    """
    if not math.isfinite(value):
        return str(value)
    wanted = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    for digits in range(wanted, wanted + 12):
        rounded = round(value, digits)
        if limit is None or limit.allows(rounded) == limit.allows(value):
            return _grouped(rounded, digits)
    return repr(value)


def duration(seconds: float) -> str:
    """Write a time for people: 0.4 s, 31 s, 2 min 5 s, 1 h 10 min."""
    if seconds < 10:
        return _spaced(number(round(seconds, 1)), "s")
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return _spaced(hours, "h", minutes, "min")
    return _spaced(minutes, "min", rest, "s") if minutes else _spaced(rest, "s")


def _grouped(value: float, digits: int) -> str:
    text = f"{value:_.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("_", _THIN_SPACE).replace("-", "\N{MINUS SIGN}")


def _spaced(*parts: object) -> str:
    pairs = [(str(parts[at]), str(parts[at + 1])) for at in range(0, len(parts), 2)]
    return _NO_BREAK.join(
        f"{count}{_NO_BREAK}{unit}" for at, (count, unit) in enumerate(pairs) if at == 0 or count != "0"
    )
