"""Scrapes the mesh: its proxies, at the services and at the edge, and its control plane."""

from collections.abc import Mapping

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from imports.com.coreos import monitoring

PROXIES = "istio-proxies"
GATEWAY = "istio-gateway"
INTERVAL = "30s"
KEPT = "istio_.+"
"""A proxy also serves hundreds of Envoy's own metrics for each cluster and listener."""
DROPPED = "istio_(request|response)_bytes_.+"
"""Two histograms, half of what would be left, that no rule and no dashboard reads."""
KEPT_OF_THE_CONTROL_PLANE = "pilot_.+"
"""Beside the Go runtime's, it also serves those of its own gRPC and of each watch."""

Endpoint = monitoring.PodMonitorSpecPodMetricsEndpoints


def proxy_monitor(scope: Construct, environment: ChartEnvironment) -> monitoring.PodMonitor:
    """Create the namespace's one monitor of proxies.

    It selects every pod and keeps the targets with the proxy's port. Prometheus's discovery lists the ports of init
    containers too, so that native sidecars are found like any other.
    """
    return _monitor(scope, PROXIES, names.namespace_name(environment), {}, _proxy())


def gateway_monitor(scope: Construct) -> monitoring.PodMonitor:
    """Create the gateway's monitor, in its own namespace: what the world gets is seen there alone."""
    return _monitor(scope, GATEWAY, names.GATEWAY_NAMESPACE, names.GATEWAY_SELECTOR, _proxy())


def control_plane_monitor(scope: Construct) -> monitoring.PodMonitor:
    """Create istiod's monitor: by its pods, as all others here, and in its own namespace."""
    endpoint = Endpoint(
        port="http-monitoring",
        path="/metrics",
        interval=INTERVAL,
        scrape_timeout="10s",
        metric_relabelings=[_by_name("KEEP", KEPT_OF_THE_CONTROL_PLANE)],
    )
    return _monitor(scope, names.CONTROL_PLANE, names.ISTIO_NAMESPACE, {"app": names.CONTROL_PLANE}, endpoint)


def _monitor(
    scope: Construct, name: str, namespace: str, labels: Mapping[str, str], endpoint: Endpoint
) -> monitoring.PodMonitor:
    """Create a monitor of the pods with these labels; none select every pod of the namespace."""
    return monitoring.PodMonitor(
        scope,
        f"pod-monitor-{name}",
        metadata=platform_metadata(name, namespace),
        spec=monitoring.PodMonitorSpec(
            selector=monitoring.PodMonitorSpecSelector(match_labels=dict(labels) or None),
            pod_metrics_endpoints=[endpoint],
        ),
    )


def _proxy() -> Endpoint:
    return Endpoint(
        port="http-envoy-prom",
        path="/stats/prometheus",
        interval=INTERVAL,
        scrape_timeout="10s",
        metric_relabelings=[_by_name("KEEP", KEPT), _by_name("DROP", DROPPED)],
    )


def _by_name(action: str, regex: str) -> monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelings:
    actions = monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelingsAction
    return monitoring.PodMonitorSpecPodMetricsEndpointsMetricRelabelings(
        source_labels=["__name__"], action=actions[action], regex=regex
    )
