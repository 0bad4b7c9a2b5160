"""Reads values out of rendered objects, and takes what is missing for empty.

A rule judges whatever was rendered, a forker's half-finished object too. So no reader here raises on an object's shape:
a rule sees an empty answer, and says what is wrong with that.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def at(value: object, *path: str) -> object:
    """Return what stands at the path; None where there is no such path."""
    for key in path:
        if not isinstance(value, dict):  # far faster than Mapping, and objects come as dicts
            return None
        value = value.get(key)
    return value


def table(value: object, *path: str) -> Mapping[str, Any]:
    """Return the mapping at the path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def rows(value: object, *path: str) -> list[Mapping[str, Any]]:
    """Return the mappings in the list at the path; none where there is no list."""
    found = at(value, *path)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def words(value: object, *path: str) -> list[str]:
    """Return the strings in the list at the path; none where there is no list."""
    found = at(value, *path)
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def text(value: object, *path: str) -> str:
    """Return the string at the path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def whole(value: object, *path: str) -> int | None:
    """Return the whole number at the path, written as a number or as a string; None where there is none."""
    found = at(value, *path)
    if isinstance(found, str) and found.isdecimal():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def share(value: object, of: int) -> int | None:
    """Return a count given as a number or as a percentage `of` so many, rounded up; None where it is neither."""
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal():
        return math.ceil(of * int(value[:-1]) / 100)
    return whole({"count": value}, "count")


def seconds(duration: str) -> float | None:
    """Return a duration (`30s`, `1m30s`, `100ms`) in seconds; None where it is not one."""
    if not duration or _DURATION.sub("", duration):
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(duration))
