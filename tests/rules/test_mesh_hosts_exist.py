import pytest

from api_platform.rules.mesh_hosts_exist import RULE
from tests.rules.platform import Platform

NOBODY = "stok.production.svc.cluster.local"


def test_a_route_to_nobody_is_found(platform: Platform) -> None:
    platform.one("VirtualService", "stock")["spec"]["http"][0]["route"][0]["destination"]["host"] = NOBODY
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        f"VirtualService/stock names {NOBODY}, which no Service here has",
    )


def test_a_route_to_a_port_that_is_not_there_is_found(platform: Platform) -> None:
    platform.one("VirtualService", "stock")["spec"]["http"][0]["route"][0]["destination"]["port"]["number"] = 80
    (finding,) = platform.ask(RULE)
    assert "names port 80 of stock.production.svc.cluster.local" in finding.value


@pytest.mark.parametrize("host", [NOBODY, "stok"])
def test_a_traffic_policy_for_nobody_is_found(platform: Platform, host: str) -> None:
    """Istio ignores it in silence: no circuit breaker, no mTLS settings."""
    platform.one("DestinationRule", "stock")["spec"]["host"] = host
    assert platform.subjects(RULE) == ["stock"]


@pytest.mark.parametrize("scope", ["", "./", "*/", "production/"])
def test_an_egress_scope_for_nobody_is_found(platform: Platform, scope: str) -> None:
    platform.one("Sidecar", "orders")["spec"]["egress"][0]["hosts"].append(f"{scope}{NOBODY}")
    assert platform.subjects(RULE) == ["orders"]


def test_a_callee_that_the_scope_leaves_out_is_found(platform: Platform) -> None:
    """Its calls would pass, without timeout, retries and mTLS, and be refused by strict mTLS."""
    platform.one("Sidecar", "orders")["spec"]["egress"][0]["hosts"] = ["istio-system/*"]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "its Sidecar leaves out stock, which it calls")


@pytest.mark.parametrize("everything", ["./*", "*/*", "production/*"])
def test_a_scope_of_the_whole_namespace_holds_every_callee(platform: Platform, everything: str) -> None:
    platform.one("Sidecar", "orders")["spec"]["egress"][0]["hosts"] = [everything]
    assert platform.ask(RULE) == []


def test_a_route_may_leave_the_port_to_the_service(platform: Platform) -> None:
    del platform.one("VirtualService", "stock")["spec"]["http"][0]["route"][0]["destination"]["port"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("host", ["*/api.partner.com", "legacy/db.legacy.svc.cluster.local", "legacy/db", "~/*"])
def test_public_hosts_and_other_namespaces_are_not_ours_to_judge(platform: Platform, host: str) -> None:
    platform.one("Sidecar", "orders")["spec"]["egress"][0]["hosts"].append(host)
    assert platform.ask(RULE) == []
