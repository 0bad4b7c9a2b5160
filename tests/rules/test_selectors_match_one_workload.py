from typing import Any

import pytest

from api_platform.rules.selectors_match_one_workload import RULE
from tests.rules.platform import Platform

KINDS = [
    ("AuthorizationPolicy", "stock-callers", "selector", "matchLabels"),
    ("Deployment", "stock", "selector", "matchLabels"),
    ("NetworkPolicy", "stock", "podSelector", "matchLabels"),
    ("PeerAuthentication", "stock", "selector", "matchLabels"),
    ("Service", "stock", "selector", None),
    ("Sidecar", "stock", "workloadSelector", "labels"),
]


def select(platform: Platform, kind: tuple[str, str, str, str | None], labels: dict[str, str]) -> None:
    of, name, selector, within = kind
    spec: dict[str, Any] = platform.one(of, name)["spec"]
    spec[selector] = {within: labels} if within else labels


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_a_selector_of_nobody_is_found(platform: Platform, kind: tuple[str, str, str, str | None]) -> None:
    """A policy without pods protects none, and says nothing."""
    select(platform, kind, {"app.kubernetes.io/name": "stok"})
    (finding,) = platform.ask(RULE)
    assert finding.subject == "stock"
    assert "selects the pods of no workload" in finding.value


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_a_selector_of_several_is_found(platform: Platform, kind: tuple[str, str, str, str | None]) -> None:
    select(platform, kind, {"version": "v1.2.3"})
    (finding,) = platform.ask(RULE)
    assert "selects the pods of orders, stock, parcels" in finding.value


def test_an_expression_can_leave_others_out(platform: Platform) -> None:
    platform.one("NetworkPolicy", "stock")["spec"]["podSelector"] = {
        "matchLabels": {"version": "v1.2.3"},
        "matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["orders", "parcels"]}],
    }
    assert platform.ask(RULE) == []


def test_one_for_the_whole_namespace_has_none(platform: Platform) -> None:
    platform.one("Sidecar", "stock")["spec"].pop("workloadSelector")
    assert platform.ask(RULE) == []


def test_other_namespaces_are_not_ours_to_judge(platform: Platform) -> None:
    platform.copy("PeerAuthentication", "stock", "gateway")["metadata"]["namespace"] = "istio-ingress"
    assert platform.ask(RULE) == []
