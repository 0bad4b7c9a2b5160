import pytest

from api_platform.rules.routes_reach_every_caller import RULE
from tests.rules.platform import Platform

KINDS = pytest.mark.parametrize("kind", ["DestinationRule", "VirtualService"])


@KINDS
def test_what_is_hidden_from_the_gateway_is_found(platform: Platform, kind: str) -> None:
    """Without the VirtualService the world is answered 404, without the DestinationRule there is no circuit breaker."""
    platform.one(kind, "orders")["spec"]["exportTo"] = ["."]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", f"{kind}/orders: exportTo . hides it from istio-ingress")


@KINDS
@pytest.mark.parametrize("exported", [["istio-ingress"], ["~"]])
def test_what_is_hidden_from_callers_in_the_mesh_is_found(platform: Platform, kind: str, exported: list[str]) -> None:
    platform.one(kind, "stock")["spec"]["exportTo"] = exported
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        f"{kind}/stock: exportTo {exported[0]} hides it from production",
    )


@KINDS
@pytest.mark.parametrize("exported", [[], ["*"], ["."], ["production", "legacy"]])
def test_callers_beside_it_see_what_its_own_namespace_sees(platform: Platform, kind: str, exported: list[str]) -> None:
    platform.one(kind, "stock")["spec"]["exportTo"] = exported
    assert platform.ask(RULE) == []


@KINDS
def test_a_workload_that_nobody_calls_may_hide(platform: Platform, kind: str) -> None:
    platform.respecify("orders", calls=())
    platform.one(kind, "stock")["spec"]["exportTo"] = ["~"]
    assert platform.ask(RULE) == []


@KINDS
def test_both_kinds_of_callers_must_see_it(platform: Platform, kind: str) -> None:
    platform.respecify("parcels", calls=("orders",))
    platform.one(kind, "orders")["spec"]["exportTo"] = ["legacy"]
    assert platform.subjects(RULE) == ["orders", "orders"]


def test_a_route_for_the_gateway_alone_is_found(platform: Platform) -> None:
    """Calls inside the mesh go on, and have neither timeout nor retries."""
    platform.one("VirtualService", "stock")["spec"]["gateways"] = ["istio-ingress/public"]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        "VirtualService/stock: is not for the proxies inside the mesh (gateway `mesh`)",
    )


def test_a_route_for_the_gateway_alone_is_enough_for_the_world(platform: Platform) -> None:
    platform.one("VirtualService", "orders")["spec"] |= {
        "gateways": ["istio-ingress/public"],
        "hosts": ["orders.example.com"],
    }
    assert platform.ask(RULE) == []


def test_without_gateways_a_route_is_for_the_mesh(platform: Platform) -> None:
    del platform.one("VirtualService", "stock")["spec"]["gateways"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("host", ["stock.example.com", "stock.legacy.svc.cluster.local", "stocks"])
def test_a_route_for_another_host_is_found(platform: Platform, host: str) -> None:
    platform.one("VirtualService", "stock")["spec"]["hosts"] = [host]
    (finding,) = platform.ask(RULE)
    assert finding.value == "VirtualService/stock: is not for stock.production.svc.cluster.local, by which they call"


@pytest.mark.parametrize("host", ["stock", "*.production.svc.cluster.local", "*"])
def test_a_short_host_and_a_wildcard_are_its_host_too(platform: Platform, host: str) -> None:
    platform.one("VirtualService", "stock")["spec"]["hosts"] = [host]
    assert platform.ask(RULE) == []


def test_a_missing_route_is_the_matter_of_another_rule(platform: Platform) -> None:
    platform.remove("VirtualService", "stock")
    assert platform.ask(RULE) == []
