"""Scrapes the metrics that a workload serves itself."""

from constructs import Construct

from api_platform.context import WorkloadContext
from imports.com.coreos import monitoring

INTERVAL = "30s"
"""Ten samples in the shortest window that a rule looks at, so that `rate` survives a scrape that fails."""


def service_monitor(scope: Construct, context: WorkloadContext) -> monitoring.ServiceMonitor:
    """Create the monitor. The port is in plain text under strict mTLS: the mesh makes an exception for it alone."""
    return monitoring.ServiceMonitor(
        scope,
        f"service-monitor-{context.name}",
        metadata=context.metadata(),
        spec=monitoring.ServiceMonitorSpec(
            selector=monitoring.ServiceMonitorSpecSelector(match_labels=context.selector_labels),
            endpoints=[
                monitoring.ServiceMonitorSpecEndpoints(
                    port="http-metrics", path="/metrics", interval=INTERVAL, scrape_timeout="10s"
                )
            ],
        ),
    )
