from typing import Any

import pytest

from api_platform.rules.policies_admit_scrapes import RULE
from tests.rules.platform import Platform

REFUSED = "ServiceMonitor/stock: no policy admits GET /metrics on port 9090"
ORDERS = "cluster.local/ns/production/sa/orders"


def rule_of(platform: Platform) -> dict[str, Any]:
    """Return the one rule by which the metrics of `stock` are open."""
    rule: dict[str, Any] = platform.one("AuthorizationPolicy", "stock-metrics")["spec"]["rules"][0]
    return rule


def endpoint(platform: Platform) -> dict[str, Any]:
    found: dict[str, Any] = platform.one("ServiceMonitor", "stock")["spec"]["endpoints"][0]
    return found


@pytest.mark.parametrize(
    "operation", [{"paths": ["/metric"]}, {"methods": ["POST"]}, {"ports": ["9091"]}, {"paths": ["/metrics/*"]}]
)
def test_a_policy_for_another_request_is_found(platform: Platform, operation: dict[str, list[str]]) -> None:
    """Every scrape would be answered 403."""
    rule_of(platform)["to"][0]["operation"].update(operation)
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", REFUSED)


@pytest.mark.parametrize(
    "operation",
    [{"paths": ["/other", "/metr*"]}, {"paths": ["*rics"]}, {"methods": ["*"]}, {"ports": []}, {"paths": ["*"]}],
)
def test_a_pattern_and_a_list_admit_too(platform: Platform, operation: dict[str, list[str]]) -> None:
    rule_of(platform)["to"][0]["operation"].update(operation)
    assert platform.ask(RULE) == []


def test_a_rule_about_every_request_admits_scrapes(platform: Platform) -> None:
    """That it admits too much is the matter of another rule."""
    del rule_of(platform)["to"]
    assert platform.ask(RULE) == []


def test_one_operation_of_several_is_enough(platform: Platform) -> None:
    rule_of(platform)["to"].insert(0, {"operation": {"paths": ["/health"]}})
    assert platform.ask(RULE) == []


def test_a_workload_without_a_policy_for_metrics_is_found(platform: Platform) -> None:
    platform.remove("AuthorizationPolicy", "stock-metrics")
    assert [finding.value for finding in platform.ask(RULE)] == [REFUSED]


def test_a_policy_that_denies_or_selects_others_admits_nothing(platform: Platform) -> None:
    platform.one("AuthorizationPolicy", "stock-metrics")["spec"]["action"] = "DENY"
    platform.one("AuthorizationPolicy", "orders-metrics")["spec"]["selector"] = {"matchLabels": {"app": "orders"}}
    assert sorted(platform.subjects(RULE)) == ["orders", "stock"]


def test_without_an_action_a_policy_allows(platform: Platform) -> None:
    del platform.one("AuthorizationPolicy", "stock-metrics")["spec"]["action"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ([{"principals": [ORDERS]}], 1),
        ([{"namespaces": ["monitoring"]}], 1),
        ([{"principals": [ORDERS]}, {"ipBlocks": ["10.0.0.0/16"]}], 0),
    ],
)
def test_prometheus_has_no_identity_to_show(platform: Platform, sources: list[dict[str, Any]], found: int) -> None:
    rule_of(platform)["from"] = [{"source": source} for source in sources]
    assert len(platform.ask(RULE)) == found


def test_a_monitor_of_another_path_is_found(platform: Platform) -> None:
    endpoint(platform)["path"] = "/stats"
    (finding,) = platform.ask(RULE)
    assert "GET /stats on port 9090" in finding.value


def test_without_a_path_prometheus_asks_for_metrics(platform: Platform) -> None:
    del endpoint(platform)["path"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("ports", [{}, {"9090": {"mode": "STRICT"}}, {"8082": {"mode": "PERMISSIVE"}}])
def test_a_port_that_takes_no_plain_text_is_found(platform: Platform, ports: dict[str, Any]) -> None:
    """Every scrape would be cut off before it asks anything."""
    platform.one("PeerAuthentication", "stock")["spec"]["portLevelMtls"] = ports
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "ServiceMonitor/stock: port 9090 takes nothing but mTLS")


def test_a_workload_that_takes_plain_text_everywhere_takes_it_there(platform: Platform) -> None:
    """That it does is the matter of another rule."""
    platform.one("PeerAuthentication", "stock")["spec"] |= {"mtls": {"mode": "PERMISSIVE"}, "portLevelMtls": {}}
    assert platform.ask(RULE) == []


def test_over_https_prometheus_shows_a_certificate(platform: Platform) -> None:
    endpoint(platform)["scheme"] = "https"
    platform.one("PeerAuthentication", "stock")["spec"]["portLevelMtls"] = {}
    assert platform.ask(RULE) == []


def test_the_pods_port_counts_and_not_the_services(platform: Platform) -> None:
    """Policies see what arrives at the pod."""
    platform.one("Service", "stock")["spec"]["ports"][1]["port"] = 80
    assert platform.ask(RULE) == []
