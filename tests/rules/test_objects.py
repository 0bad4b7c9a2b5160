from typing import Any

import pytest

from api_platform.rules.objects import Objects


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
