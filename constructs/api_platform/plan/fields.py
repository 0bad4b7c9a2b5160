"""What differs between two sides of one object or resource, field by field."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from api_platform.plan.merge_keys import ORDERED, merge_key
from api_platform.plan.pairing import pair_items

if TYPE_CHECKING:
    from deepdiff.model import DiffLevel


class Absent(Enum):
    """Stands where one side has no such field; None would be a value of its own."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True)
class FieldChange:
    """One field that was added, taken away or changed."""

    path: tuple[str, ...]
    """Keys from the outside in; an item of a list as `[name]`."""
    before: Any
    """`ABSENT` where the field is new."""
    after: Any
    """`ABSENT` where it goes."""
    is_order: bool = False
    """Whether the items alone changed places; both sides are then their names."""

    @property
    def place(self) -> str:
        """Return the path as people write it: `spec.template.spec.containers[api-service].image`."""
        text = "".join(part if part.startswith("[") else f".{_quoted(part)}" for part in self.path)
        return text.removeprefix(".")


def is_same(before: object, after: object) -> bool:
    """Return whether both are the same JSON: to Python, true equals 1."""
    return json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Return what differs, in the order of the paths.

    Items of lists are told apart by their names (`merge_keys`), so that one more in front does not change all behind.
    """
    if is_same(before, after):
        return ()
    from api_platform.plan.exact_diff import ExactDiff  # takes half a second, and where nothing differs nobody needs it

    found = ExactDiff(
        before,
        after,
        view="tree",
        iterable_compare_func=_are_one,
        ignore_private_variables=False,  # a key that begins with two underscores is no less a key
        threshold_to_diff_deeper=0,
    )
    moved = found.pop("iterable_item_moved", ())
    changes = [_change(level) for levels in found.values() for level in levels]
    return tuple(sorted([*changes, *_orders(moved)], key=lambda change: change.path))


def _are_one(before: object, after: object, level: "DiffLevel") -> bool:
    """Answer deepdiff whether two items of the lists at `level` are the same one."""
    from deepdiff.helper import CannotCompare

    path = level.path(output_format="list")
    pairs = pair_items(str(path[-1]) if path else "", level.t1, level.t2)
    if pairs is None:
        raise CannotCompare  # then deepdiff goes by the position
    return pairs.are_one(before, after)


def _change(level: "DiffLevel") -> FieldChange:
    from deepdiff.helper import notpresent

    before, after = (ABSENT if side is notpresent else side for side in (level.t1, level.t2))
    return FieldChange(_path(level), before, after)


def _orders(moved: "Iterable[DiffLevel]") -> Iterator[FieldChange]:
    """Yield one change for each list in which the order means something."""
    lists = {_path(level.up): level.up for level in moved if level.up}
    for path, level in lists.items():
        name = path[-1] if path else ""
        if name in ORDERED:
            before, after = ([merge_key(name, item) for item in side] for side in (level.t1, level.t2))
            if [one for one in before if one in after] != [one for one in after if one in before]:
                yield FieldChange(path, before, after, is_order=True)


def _path(level: "DiffLevel") -> tuple[str, ...]:
    """Return the keys from the outside in; where a list's items have names, the name instead of the position."""
    chain = [level]
    while chain[0].up:
        chain.insert(0, chain[0].up)
    steps: list[str] = []
    for above, here in pairwise(chain):
        relation = above.t2_child_rel or above.t1_child_rel
        key = relation.param if relation else ""
        if isinstance(key, int):
            item = here.t2 if above.t2_child_rel else here.t1
            name = merge_key(steps[-1] if steps else "", item) if isinstance(item, dict) else None
            key = f"[{name or key}]"
        steps.append(str(key))
    return tuple(steps)


def _quoted(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else f'"{key}"'
