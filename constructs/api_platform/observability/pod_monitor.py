"""Scrapes the mesh's proxies: requests, failures and latency of every workload, without any help from it."""

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from imports.com.coreos import monitoring

NAME = "istio-proxies"
INTERVAL = "30s"
KEPT = "istio_.+"
"""A proxy also serves hundreds of Envoy's own metrics for each cluster and listener."""
DROPPED = "istio_(request|response)_bytes_.+"
"""Two histograms, half of what would be left, that no rule and no dashboard reads."""


def proxy_monitor(scope: Construct, environment: ChartEnvironment) -> monitoring.PodMonitor:
    """Create the namespace's one monitor of proxies.

    It selects every pod and keeps the targets with the proxy's port. Prometheus's discovery lists the ports of init
    containers too, so that native sidecars are found like any other.
    """
    return monitoring.PodMonitor(
        scope,
        f"pod-monitor-{NAME}",
        metadata=platform_metadata(NAME, names.namespace_name(environment)),
        spec=monitoring.PodMonitorSpec(
            selector=monitoring.PodMonitorSpecSelector(),
            pod_metrics_endpoints=[
                monitoring.PodMonitorSpecPodMetricsEndpoints(
                    port="http-envoy-prom",
                    path="/stats/prometheus",
                    interval=INTERVAL,
                    scrape_timeout="10s",
                    metric_relabelings=[_by_name("KEEP", KEPT), _by_name("DROP", DROPPED)],
                )
            ],
        ),
    )


def _by_name(action: str, regex: str) -> monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelings:
    actions = monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelingsAction
    return monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelings(
        source_labels=["__name__"], action=actions[action], regex=regex
    )
