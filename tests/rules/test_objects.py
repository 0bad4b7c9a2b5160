"""The readers that all rules share."""

from typing import Any

import pytest

from api_platform.rules.objects import Objects, at, rows, seconds, share, table, text, whole, words

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


def a_deployment(name: str, namespace: str = "here", **labels: str) -> dict[str, Any]:
    return {
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"template": {"metadata": {"labels": labels}}},
    }


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"matchLabels": {"app": "a"}}, ["a"]),
        ({"matchLabels": {"tier": "web"}}, ["a", "b"]),
        ({"matchLabels": {"tier": "web", "app": "b"}}, ["b"]),
        ({"matchLabels": {"app": "c"}}, []),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["a", "c"]}]}, ["a"]),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]}, ["b", "bare"]),
        ({"matchExpressions": [{"key": "tier", "operator": "Exists"}]}, ["a", "b"]),
        ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, ["bare"]),
        ({"matchExpressions": [{"key": "tier", "operator": "Likes"}]}, []),
        ({}, ["a", "b", "bare"]),
    ],
)
def test_a_selector_selects_as_kubernetes_does(selector: dict[str, Any], expected: list[str]) -> None:
    objects = Objects(
        [
            a_deployment("a", app="a", tier="web"),
            a_deployment("b", app="b", tier="web"),
            a_deployment("bare"),
            a_deployment("elsewhere", "there", app="a", tier="web"),
        ]
    )
    assert [one["metadata"]["name"] for one in objects.select("Deployment", "here", selector)] == expected
