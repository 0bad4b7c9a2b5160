"""What of a list is one item more, and what is not."""

from typing import Any

import pytest

from api_platform.plan.fields import field_changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([{"hosts": ["a", "b"]}], [{"hosts": ["a", "b"]}, {"hosts": ["b", "a"]}]),
        ([{"hosts": ["a"]}], [{"hosts": ["a"]}, {"hosts": ["a", "a"]}]),
        ([None], [[None], [None, None]]),
    ],
)
def test_one_item_more_is_told_however_much_it_is_like_another(before: list[Any], after: list[Any]) -> None:
    """A second rule of a policy came unsaid, since its values were those of the first in another order."""
    there = {change.path for change in field_changes({"rules": before}, {"rules": after})}
    back = {change.path for change in field_changes({"rules": after}, {"rules": before})}
    assert ("rules", "[1]") in there
    assert there == back
