"""Scraping of the mesh's proxies."""

import re

import pytest

from api_platform.observability.pod_monitor import control_plane_monitor, gateway_monitor, proxy_monitor
from tests.rendering import Manifest, object_of
from tests.specs import an_environment


def monitor() -> Manifest:
    """Return the namespace's monitor of proxies."""
    return object_of(lambda chart: proxy_monitor(chart, an_environment()))


def test_it_selects_every_pod_of_the_namespace() -> None:
    """The API refuses a monitor without a selector; an empty one must not be dropped as if it were nothing."""
    assert monitor()["metadata"]["namespace"] == "production"
    assert monitor()["spec"]["selector"] == {}


def test_it_scrapes_the_proxys_own_port() -> None:
    (endpoint,) = monitor()["spec"]["podMetricsEndpoints"]
    assert (endpoint["port"], endpoint["path"]) == ("http-envoy-prom", "/stats/prometheus")


@pytest.mark.parametrize(
    ("metric", "kept"),
    [
        ("istio_requests_total", True),
        ("istio_request_duration_milliseconds_bucket", True),
        ("istio_tcp_connections_opened_total", True),
        ("istio_response_bytes_bucket", False),
        ("envoy_cluster_upstream_rq_total", False),
    ],
)
def test_it_keeps_what_rules_and_dashboards_read(metric: str, kept: bool) -> None:
    """Envoy's own metrics and the histograms of sizes would be nine tenths of what Prometheus holds."""
    (endpoint,) = monitor()["spec"]["podMetricsEndpoints"]
    for rule in endpoint["metricRelabelings"]:
        assert rule["sourceLabels"] == ["__name__"]
    passes = {
        "keep": lambda regex: re.fullmatch(regex, metric) is not None,
        "drop": lambda regex: re.fullmatch(regex, metric) is None,
    }
    assert all(passes[rule["action"]](rule["regex"]) for rule in endpoint["metricRelabelings"]) is kept


def test_the_gateway_is_scraped_as_the_other_proxies_are() -> None:
    """What it answers by itself is in no other proxy's figures."""
    gateway = object_of(gateway_monitor)
    assert gateway["metadata"]["namespace"] == "istio-ingress"
    assert gateway["spec"]["selector"] == {"matchLabels": {"istio": "ingressgateway"}}
    assert gateway["spec"]["podMetricsEndpoints"] == monitor()["spec"]["podMetricsEndpoints"]


def test_of_istiod_only_its_own_metrics_are_kept() -> None:
    control_plane = object_of(control_plane_monitor)
    (endpoint,) = control_plane["spec"]["podMetricsEndpoints"]
    assert control_plane["metadata"]["namespace"] == "istio-system"
    assert control_plane["spec"]["selector"] == {"matchLabels": {"app": "istiod"}}
    assert endpoint["port"] == "http-monitoring"
    (rule,) = endpoint["metricRelabelings"]
    assert re.fullmatch(rule["regex"], "pilot_total_xds_rejects")
    assert not re.fullmatch(rule["regex"], "go_goroutines")
