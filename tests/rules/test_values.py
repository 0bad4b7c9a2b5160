from typing import Any

import pytest

from api_platform.rules.values import at, rows, seconds, share, table, text, whole, words

JUNK = [None, 7, "text", [], {}, [None], {"other": 1}]


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_missing_or_of_another_type_is_empty(junk: Any) -> None:
    assert at(junk, "spec", "replicas") is None
    assert table(junk, "spec") == {}
    assert rows(junk, "spec") == []
    assert words(junk, "spec") == []
    assert text(junk, "spec") == ""
    assert whole(junk, "spec") is None


def test_a_whole_number_may_be_spelled() -> None:
    assert whole({"a": "12"}, "a") == whole({"a": 12}, "a") == 12
    assert whole({"a": True}, "a") is whole({"a": "1.5"}, "a") is whole({"a": "-1"}, "a") is None


@pytest.mark.parametrize(
    ("value", "expected"), [(2, 2), ("2", 2), ("50%", 2), ("25%", 1), ("1%", 1), ("0%", 0), ("x%", None), (None, None)]
)
def test_a_share_is_a_count_or_a_percentage_rounded_up(value: object, expected: int | None) -> None:
    assert share(value, 3) == expected


@pytest.mark.parametrize(
    ("duration", "expected"), [("30s", 30), ("1m30s", 90), ("100ms", 0.1), ("1.5h", 5400), ("", None), ("soon", None)]
)
def test_a_duration_is_read_as_go_writes_it(duration: str, expected: float | None) -> None:
    assert seconds(duration) == expected
