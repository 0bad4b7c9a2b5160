from typing import Any

import pytest

from api_platform.rules import PLATFORM
from api_platform.rules.traffic_keeps_to_the_mesh import RULE
from tests.rules.platform import Platform

PLAIN = {"tls": {"mode": "DISABLE"}}
INJECT = "sidecar.istio.io/inject"
TRAFFIC = "traffic.sidecar.istio.io"


def policy(platform: Platform) -> dict[str, Any]:
    spec: dict[str, Any] = platform.one("DestinationRule", "stock")["spec"]
    return spec


def describe_pods(platform: Platform, part: str, **entries: str) -> None:
    """Add labels or annotations to the pods of `stock`."""
    metadata = platform.one("Deployment", "stock")["spec"]["template"]["metadata"]
    metadata[part] = {**metadata.get(part, {}), **entries}


def redirect(platform: Platform) -> dict[str, Any]:
    server: dict[str, Any] = platform.one("Gateway", "public")["spec"]["servers"][0]
    return server


@pytest.mark.parametrize("mode", ["DISABLE", "SIMPLE", "MUTUAL"])
def test_callers_that_do_not_speak_istios_mutual_tls_are_found(platform: Platform, mode: str) -> None:
    """Every strict server turns them away: all calls fail."""
    policy(platform)["trafficPolicy"] = {"tls": {"mode": mode}}
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        f"DestinationRule/stock: callers speak TLS mode {mode}, not ISTIO_MUTUAL",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"subsets": [{"name": "v2", "trafficPolicy": PLAIN}]},
        {"subsets": [{"name": "v2", "trafficPolicy": {"portLevelSettings": [{"port": {"number": 8082}, **PLAIN}]}}]},
        {"trafficPolicy": {"portLevelSettings": [{"port": {"number": 8082}, **PLAIN}]}},
    ],
)
def test_a_subset_and_a_port_have_a_tls_of_their_own(platform: Platform, changes: dict[str, Any]) -> None:
    policy(platform).update(changes)
    assert platform.subjects(RULE) == ["stock"]


def test_tls_without_a_mode_is_plain_text(platform: Platform) -> None:
    del policy(platform)["trafficPolicy"]["tls"]["mode"]
    (finding,) = platform.ask(RULE)
    assert "TLS mode DISABLE" in finding.value


def test_without_any_tls_proxies_choose_mutual_tls_themselves(platform: Platform) -> None:
    del policy(platform)["trafficPolicy"]["tls"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("host", ["stock", "*", "*.local", "*.production.svc.cluster.local"])
def test_a_short_host_and_a_wildcard_are_services_of_ours(platform: Platform, host: str) -> None:
    policy(platform).update(host=host, trafficPolicy=PLAIN)
    assert platform.subjects(RULE) == ["stock"]


@pytest.mark.parametrize("host", ["payments.example.com", "*.example.com", "grafana.monitoring.svc.cluster.local"])
def test_a_host_outside_the_mesh_has_a_tls_of_its_own(platform: Platform, host: str) -> None:
    policy(platform).update(host=host, trafficPolicy={"tls": {"mode": "SIMPLE"}})
    assert platform.ask(RULE) == []


def test_a_short_host_beside_the_gateway_is_no_service_of_ours(platform: Platform) -> None:
    policy(platform).update(host="status", trafficPolicy=PLAIN)
    platform.one("DestinationRule", "stock")["metadata"]["namespace"] = "istio-ingress"
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("namespace", ["istio-ingress", "istio-system"])
@pytest.mark.parametrize("host", ["stock.production.svc.cluster.local", "*"])
def test_what_the_gateway_and_the_whole_mesh_are_told_counts(platform: Platform, namespace: str, host: str) -> None:
    policy(platform).update(host=host, trafficPolicy=PLAIN)
    platform.one("DestinationRule", "stock")["metadata"]["namespace"] = namespace
    assert len(platform.ask(RULE)) == 1


@pytest.mark.parametrize("kind", ["DestinationRule", "Deployment"])
def test_what_another_namespace_does_is_its_own_matter(platform: Platform, kind: str) -> None:
    policy(platform)["trafficPolicy"] = PLAIN
    describe_pods(platform, "labels", **{INJECT: "false"})
    platform.one(kind, "stock")["metadata"]["namespace"] = "legacy"
    assert len(platform.ask(RULE)) == 1


@pytest.mark.parametrize("part", ["labels", "annotations"])
def test_pods_that_refuse_the_proxy_are_found(platform: Platform, part: str) -> None:
    describe_pods(platform, part, **{INJECT: "false"})
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"Deployment/stock: its pods refuse the proxy ({INJECT})")


def test_the_label_wins_over_the_annotation(platform: Platform) -> None:
    describe_pods(platform, "labels", **{INJECT: "true"})
    describe_pods(platform, "annotations", **{INJECT: "false"})
    assert platform.ask(RULE) == []


def test_pods_whose_traffic_nothing_leads_to_the_proxy_are_found(platform: Platform) -> None:
    describe_pods(platform, "annotations", **{"sidecar.istio.io/interceptionMode": "NONE"})
    assert platform.subjects(RULE) == ["stock"]


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("excludeInboundPorts", "8082", "excludeInboundPorts 8082 goes"),
        ("excludeInterfaces", "eth1", "excludeInterfaces eth1 goes"),
        ("excludeOutboundIPRanges", "10.0.0.0/8", "excludeOutboundIPRanges 10.0.0.0/8 goes"),
        ("excludeOutboundPorts", "5432", "excludeOutboundPorts 5432 goes"),
        ("includeInboundPorts", "8082", "all but includeInboundPorts 8082 goes"),
        ("includeInboundPorts", "", "all but includeInboundPorts of nothing goes"),
        ("includeOutboundIPRanges", "10.0.0.0/8", "all but includeOutboundIPRanges 10.0.0.0/8 goes"),
    ],
)
def test_what_goes_past_the_proxy_is_found(platform: Platform, setting: str, value: str, fault: str) -> None:
    """A port of that kind is open to all whom a NetworkPolicy lets through, without mTLS and authorization."""
    describe_pods(platform, "annotations", **{f"{TRAFFIC}/{setting}": value})
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"Deployment/stock: {fault} past the proxy")


@pytest.mark.parametrize(("setting", "value"), [("includeInboundPorts", "*"), ("excludeInboundPorts", "")])
def test_a_setting_that_leaves_nothing_out_is_harmless(platform: Platform, setting: str, value: str) -> None:
    describe_pods(platform, "annotations", **{f"{TRAFFIC}/{setting}": value})
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("tls", [None, {}, {"httpsRedirect": False}, {"httpsRedirect": "yes"}])
def test_plain_http_for_the_world_is_found(platform: Platform, tls: object) -> None:
    redirect(platform)["tls"] = tls
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        PLATFORM,
        "Gateway/public: port 80 takes plain HTTP, and leads nobody to HTTPS",
    )


@pytest.mark.parametrize(("protocol", "found"), [("TCP", 1), ("http2", 1), ("", 1), ("https", 0), ("TLS", 0)])
def test_every_protocol_but_tls_is_plain(platform: Platform, protocol: str, found: int) -> None:
    redirect(platform).update(port={"number": 80, "protocol": protocol}, tls={"mode": "PASSTHROUGH"})
    assert len(platform.ask(RULE)) == found
