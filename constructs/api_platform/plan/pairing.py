"""Which item of a list, before and after, is the same one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api_platform.plan.merge_keys import merge_key

Items = Sequence[object]


@dataclass(frozen=True)
class ItemPairs:
    """The items of two lists that belong together."""

    after_of: Mapping[object, object]
    """What tells an item before -> what tells the same one after."""

    def are_one(self, before: object, after: object) -> bool:
        """Return whether both items are the same one."""
        return self.after_of.get(_identity(before)) == _identity(after)


def pair_items(list_name: str, before: Items, after: Items) -> ItemPairs | None:
    """Return which items belong together; None where only their places can tell.

    Items with names go by them. Without names, as rules of policies are, those that are equal belong together, and then
    what is left over on both sides, in its order: so one more in front does not change all behind.
    """
    named = [_distinct([merge_key(list_name, item) for item in side]) for side in (before, after)]
    if named[0] is not None and named[1] is not None:
        pairs = _same(before, named[0], after, named[1])
    else:
        texts = [_distinct([_text(item) for item in side]) for side in (before, after)]
        if texts[0] is None or texts[1] is None:
            return None  # deepdiff takes two equal items for one
        pairs = [*_same(before, texts[0], after, texts[1]), *_left_over(before, texts[0], after, texts[1])]
    return ItemPairs({_identity(old): _identity(new) for old, new in pairs})


def _same(before: Items, names: list[str], after: Items, names_after: list[str]) -> list[tuple[object, object]]:
    found = dict(zip(names_after, after, strict=True))
    return [(item, found[name]) for item, name in zip(before, names, strict=True) if name in found]


def _left_over(
    before: Items, names: list[str], after: Items, names_after: list[str]
) -> Iterator[tuple[object, object]]:
    old = [item for item, name in zip(before, names, strict=True) if name not in names_after]
    new = [item for item, name in zip(after, names_after, strict=True) if name not in names]
    return zip(old, new, strict=False)


def _distinct(names: list[str | None]) -> list[str] | None:
    """Return the names; None where an item has none, or two have the same."""
    known = [name for name in names if name is not None]
    return known if len(set(known)) == len(names) else None


def _text(item: object) -> str | None:
    return json.dumps(item, sort_keys=True)


def _identity(item: object) -> object:
    """Return what tells an item from its neighbours: plain values may be one and the same object in Python."""
    return id(item) if isinstance(item, dict | list) else _text(item)
