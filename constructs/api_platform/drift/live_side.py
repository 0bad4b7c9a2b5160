"""A live object in the shape of ours: what we wrote, with the values of now, and what others have put beside it.

Defaults and what controllers write are left out, without asking the API server for a dry run: whoever may only view a
cluster may not have one.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api_platform.drift.foreign_fields import FieldTree, foreign_fields
from api_platform.plan.live_objects import LAST_APPLIED, own_part
from api_platform.plan.pairing import pair_items
from api_platform.rules.finding import Manifest
from api_platform.rules.values import at, text

_NOBODY_S: Final = frozenset(
    {
        "finalizers",  # by which controllers see to it that they are asked
        "kubectl.kubernetes.io/restartedAt",  # of `kubectl rollout restart`: the same pods, newer
        LAST_APPLIED,
    }
)
"""Keys that change nothing of what an object is."""


def live_side(ours: Manifest, live: Manifest) -> Manifest:
    """Return the live object as far as it is ours to write, or somebody's who is not known."""
    applied = text(live, "metadata", "annotations", LAST_APPLIED)
    # What was applied last is more than we wrote where somebody else has applied it.
    base: Manifest = json.loads(applied) if applied else ours
    return _mapping(own_part(base), own_part(live), foreign_fields(live))


def _mapping(base: Mapping[str, Any], live: Mapping[str, Any], foreign: FieldTree) -> dict[str, Any]:
    found = {
        key: _value(key, value, live[key], foreign.get(f"f:{key}", {})) for key, value in base.items() if key in live
    }
    # The API server drops what means the same as nothing.
    found |= {key: value for key, value in base.items() if key not in live and value in (False, 0, "", [], {})}
    beside = [key for key in live if key not in base and f"f:{key}" in foreign and key not in _NOBODY_S]
    return found | {key: value for key in beside if (value := _owned(live[key], foreign[f"f:{key}"])) != {}}


def _value(name: str, base: object, live: object, foreign: FieldTree) -> object:
    match base, live:
        case dict(), dict():
            return _mapping(base, live, foreign)
        case list(), list():
            return _items(name, base, live, foreign)
        case _:
            return live


def _items(name: str, base: Sequence[object], live: Sequence[object], foreign: FieldTree) -> list[object]:
    pairs = pair_items(name, base, live)
    if pairs is None:
        return list(live)
    return [
        next((_value(name, old, item, _of_item(item, foreign)) for old in base if pairs.are_one(old, item)), item)
        for item in live
    ]


def _of_item(item: object, foreign: FieldTree) -> FieldTree:
    """Return the fields of one item of a list, which is named by some of its values."""
    for key, tree in foreign.items():
        if key.startswith("k:") and all(at(item, name) == value for name, value in json.loads(key[2:]).items()):
            found: FieldTree = tree
            return found
    return {}


def _owned(live: object, foreign: FieldTree) -> object:
    """Return of a field that we do not write what is somebody's."""
    inner = {key[2:]: tree for key, tree in foreign.items() if key.startswith("f:")}
    if not inner or not isinstance(live, dict):
        return live
    return {key: _owned(live[key], tree) for key, tree in inner.items() if key in live and key not in _NOBODY_S}
