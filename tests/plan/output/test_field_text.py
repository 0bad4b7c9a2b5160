from typing import Any

import pytest

from api_platform.plan.fields import ABSENT, FieldChange
from api_platform.plan.output.field_text import is_short, long_text, short_text


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (1, 2, "a.b: 1 → 2"),
        ("", True, 'a.b: "" → true'),
        (ABSENT, "x", "a.b: x (new)"),
        (None, ABSENT, "a.b: null (gone)"),
    ],
)
def test_short_values_stand_side_by_side(before: Any, after: Any, text: str) -> None:
    change = FieldChange(("a", "b"), before, after)
    assert is_short(change)
    assert short_text(change) == text


@pytest.mark.parametrize("side", [{"a": 1}, ["a"], "two\nlines", "x" * 61])
def test_other_values_take_lines_of_their_own(side: Any) -> None:
    assert not is_short(FieldChange(("a",), 1, side))


def test_of_a_long_text_only_what_differs_is_shown() -> None:
    before = "\n".join(str(number) for number in range(100))
    lines = long_text(FieldChange(("a",), before, before.replace("\n50\n", "\nfifty\n")))
    assert lines == [" 48", " 49", "-50", "+fifty", " 51", " 52"]


def test_a_structure_is_shown_as_yaml() -> None:
    assert long_text(FieldChange(("a",), ABSENT, {"ports": [{"port": 53}]})) == ["+ports:", "+- port: 53"]
