"""deepdiff, which passes over no item of a list.

Of the items that the new side has more, it leaves out those that it takes for one of the others; and it takes `[a, b]`
for `[b, a]`, and `[a, a]` for `[a]`. So one more rule of a policy could go unsaid.
"""

from typing import Any

from deepdiff import DeepDiff
from deepdiff.helper import ListItemRemovedOrAdded
from deepdiff.model import DiffLevel

_Pair = tuple[tuple[int, int], tuple[Any, Any]]
"""Both places in the lists, and both items. Where one side has none: -1 and a mark of deepdiff's own."""


class ExactDiff(DeepDiff):
    """Compares as DeepDiff does, and tells of every item that belongs to none of the other side."""

    def _get_matching_pairs(self, level: DiffLevel, *of_a_part: Any, **of_part: Any) -> list[_Pair]:
        found: list[_Pair] = list(super()._get_matching_pairs(level, *of_a_part, **of_part))
        if any(value is not None for value in (*of_a_part, *of_part.values())):
            return found
        told = {after for (_, after), _ in found}
        return [
            *found,
            *(((-1, at), (ListItemRemovedOrAdded, item)) for at, item in enumerate(level.t2) if at not in told),
        ]
