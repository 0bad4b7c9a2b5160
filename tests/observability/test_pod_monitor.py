"""Scraping of the mesh's proxies."""

import re

import pytest

from api_platform.observability.pod_monitor import proxy_monitor
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
