import pytest

from api_platform.rules.policies_admit_the_declared_callers import RULE
from tests.rules.platform import Platform

ORDERS = "cluster.local/ns/production/sa/orders"
PARCELS = "cluster.local/ns/production/sa/parcels"


def test_an_undeclared_caller_is_found(platform: Platform) -> None:
    source = platform.one("AuthorizationPolicy", "stock-callers")["spec"]["rules"][0]["from"][0]["source"]
    source["principals"].append(PARCELS)
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"a policy admits {PARCELS} on 8082, undeclared")


def test_a_declared_caller_that_is_not_admitted_is_found(platform: Platform) -> None:
    platform.respecify("parcels", calls=("stock",))
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"{PARCELS} on 8082 may call it, and no policy admits them")


def test_a_caller_that_runs_under_another_account_is_found(platform: Platform) -> None:
    """Every call would be answered 403: the mesh knows callers by their account alone."""
    platform.pod("orders")["serviceAccountName"] = "orders-v2"
    assert platform.subjects(RULE) == ["stock", "stock"]


def test_a_policy_for_another_port_is_found(platform: Platform) -> None:
    rule = platform.one("AuthorizationPolicy", "stock-callers")["spec"]["rules"][0]
    rule["to"][0]["operation"]["ports"] = ["80"]
    assert f"a policy admits {ORDERS} on 80, undeclared" in [finding.value for finding in platform.ask(RULE)]


def test_a_public_workload_needs_the_gateway(platform: Platform) -> None:
    platform.remove("AuthorizationPolicy", "orders-callers")
    (finding,) = platform.ask(RULE)
    assert "istio-ingressgateway on 8081 may call it" in finding.value


def test_a_policy_without_a_selector_admits_to_every_workload(platform: Platform) -> None:
    del platform.one("AuthorizationPolicy", "stock-callers")["spec"]["selector"]
    assert platform.subjects(RULE) == ["orders", "parcels"]


@pytest.mark.parametrize(
    ("rule", "ports"),
    [
        ({}, "every port"),
        ({"to": [{"operation": {"methods": ["GET"]}}]}, "every port"),
        ({"to": [{"operation": {"ports": ["8082"]}}]}, "8082"),
        ({"from": [{"source": {"namespaces": ["production"]}}]}, "every port"),
        ({"from": [{"source": {"principals": [ORDERS]}}, {"source": {}}]}, "every port"),
    ],
)
def test_a_rule_without_an_identity_is_found(platform: Platform, rule: dict[str, object], ports: str) -> None:
    """One empty rule opens everything, and looks almost like the empty `spec` that closes everything."""
    platform.one("AuthorizationPolicy", "stock-metrics")["spec"]["rules"] = [rule]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        f"AuthorizationPolicy/stock-metrics admits everyone on {ports}",
    )


def test_a_policy_that_denies_admits_nobody(platform: Platform) -> None:
    platform.copy("AuthorizationPolicy", "stock-metrics", "no-one")["spec"] |= {"action": "DENY", "rules": [{}]}
    assert platform.ask(RULE) == []


def test_a_callee_that_does_not_exist_is_the_matter_of_another_rule(platform: Platform) -> None:
    platform.respecify("parcels", calls=("nobody",))
    assert platform.ask(RULE) == []
