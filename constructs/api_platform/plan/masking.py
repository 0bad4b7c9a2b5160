"""Hides what is secret, and keeps its name and whether it changed."""

from collections.abc import Mapping
from typing import Any, Final

from api_platform.plan.fields import is_same

_KUBERNETES: Final = ("data", "stringData")
"""The parts of a Secret that hold values."""
_AWS: Final = frozenset({"AuthToken", "MasterUserPassword", "Password", "SecretString"})
"""Properties of AWS resources that hold values, wherever they stand."""
_UNCHANGED, _BEFORE, _AFTER = "(hidden)", "(hidden, before)", "(hidden, after)"

Sides = tuple[dict[str, Any], dict[str, Any]]


def mask_object(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sides:
    """Return both sides of an object, with the values of a Secret hidden and its keys left."""
    if "Secret" not in (before.get("kind"), after.get("kind")):
        return dict(before), dict(after)
    masked = {part: _mask_all(before.get(part), after.get(part)) for part in _KUBERNETES}
    return (
        {**before, **{part: both[0] for part, both in masked.items() if part in before}},
        {**after, **{part: both[1] for part, both in masked.items() if part in after}},
    )


def mask_resource(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sides:
    """Return both sides of an AWS resource's properties, with what is a secret hidden, at any depth."""
    masked_before, masked_after = _mask_named(before, after)
    return masked_before, masked_after


def _mask_all(before: object, after: object) -> Sides:
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    return (
        {key: _hidden(key, old, new, _BEFORE) for key in old},
        {key: _hidden(key, old, new, _AFTER) for key in new},
    )


def _hidden(key: str, old: Mapping[str, Any], new: Mapping[str, Any], changed: str) -> str:
    return _UNCHANGED if key not in old or key not in new or is_same(old[key], new[key]) else changed


def _mask_named(before: Any, after: Any) -> tuple[Any, Any]:
    return _masked(before, after, _BEFORE), _masked(after, before, _AFTER)


def _masked(side: Any, other: Any, changed: str) -> Any:
    if isinstance(side, list):
        others = other if isinstance(other, list) else []
        return [_masked(one, others[at] if at < len(others) else None, changed) for at, one in enumerate(side)]
    if not isinstance(side, dict):
        return side
    same = other if isinstance(other, dict) else {}
    return {
        key: _hidden(key, side, same, changed) if key in _AWS else _masked(value, same.get(key), changed)
        for key, value in side.items()
    }
