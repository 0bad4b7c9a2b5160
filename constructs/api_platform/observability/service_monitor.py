"""Scrapes the metrics that a workload serves itself."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import selector_labels, standard_labels
from api_platform.service import Service, Workload
from imports.com.coreos import monitoring

INTERVAL = "30s"
"""Ten samples in the shortest window that a rule looks at, so that `rate` survives a scrape that fails."""


def service_monitor(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> monitoring.ServiceMonitor:
    """Create the monitor. The port is in plain text under strict mTLS: the mesh makes an exception for it alone."""
    return monitoring.ServiceMonitor(
        scope,
        f"service-monitor-{workload.name}",
        metadata=ApiObjectMetadata(
            name=workload.name,
            namespace=names.namespace(environment),
            labels=standard_labels(service, workload),
        ),
        spec=monitoring.ServiceMonitorSpec(
            selector=monitoring.ServiceMonitorSpecSelector(match_labels=selector_labels(workload)),
            endpoints=[
                monitoring.ServiceMonitorSpecEndpoints(
                    port="http-metrics", path="/metrics", interval=INTERVAL, scrape_timeout="10s"
                )
            ],
        ),
    )
