"""One changed field as lines that people read, `-` before what goes and `+` before what comes."""

from collections.abc import Iterator
from difflib import unified_diff

import yaml

from api_platform.plan.fields import ABSENT, FieldChange
from api_platform.yaml_files import to_yaml

_CONTEXT_LINES = 2
_ONE_LINE = 60
"""Values of up to so many characters are shown side by side."""


def is_short(change: FieldChange) -> bool:
    """Return whether both sides fit beside the field's name."""
    sides = (change.before, change.after)
    return all(
        not isinstance(side, dict | list) and len(_plain(side)) <= _ONE_LINE and "\n" not in _plain(side)
        for side in sides
    )


def short_text(change: FieldChange) -> str:
    """Return a short change as one line."""
    if change.before is ABSENT:
        return f"{change.place}: {_plain(change.after)} (new)"
    if change.after is ABSENT:
        return f"{change.place}: {_plain(change.before)} (gone)"
    return f"{change.place}: {_plain(change.before)} → {_plain(change.after)}"


def long_text(change: FieldChange) -> list[str]:
    """Return a change as the lines of a diff, without the field's name."""
    before, after = (_lines(side) for side in (change.before, change.after))
    if before and after and len(before) + len(after) > 2:
        found = unified_diff(before, after, n=_CONTEXT_LINES, lineterm="")
        return [line for line in found if not line.startswith(("---", "+++", "@@"))]
    return [*(f"-{line}" for line in before), *(f"+{line}" for line in after)]


def _plain(side: object) -> str:
    if side is ABSENT:
        return ""
    if isinstance(side, str):
        return side or '""'
    return yaml.safe_dump(side, default_flow_style=True, width=2**20).removesuffix("\n").removesuffix("\n...")


def _lines(side: object) -> list[str]:
    if side is ABSENT:
        return []
    if isinstance(side, str):
        return side.splitlines() or ['""']
    if isinstance(side, dict):
        return to_yaml([side]).splitlines()[1:]
    if isinstance(side, list):
        return list(_items(side))
    return [_plain(side)]


def _items(side: list[object]) -> Iterator[str]:
    for item in side:
        first, *rest = _lines(item) or [""]
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)
