"""The stable name in front of a workload's pods."""

import cdk8s_plus_27 as kubernetes
from constructs import Construct

from api_platform.context import WorkloadContext
from api_platform.service import METRICS_PORT, Workload

METRICS_PORT_NAME = "http-metrics"
"""Istio takes the protocol from the name's first part; ServiceMonitors go by the name."""
HTTP_PORT_NAME = "http"


def cluster_service(scope: Construct, context: WorkloadContext) -> kubernetes.Service:
    """Create the Service: with the business port where the workload is called, headless for metrics alone elsewhere.

    Every port equals its target port, since the VPC CNI's network policies see the one and mean the other.
    """
    created = kubernetes.Service(
        scope,
        f"service-{context.name}",
        type=kubernetes.ServiceType.CLUSTER_IP,
        cluster_ip=None if context.workload.exposure else "None",
        ports=[
            kubernetes.ServicePort(name=name, port=port, target_port=port, protocol=kubernetes.Protocol.TCP)
            for name, port in _ports(context.workload)
        ],
        metadata=context.metadata(),
    )
    for key, value in context.selector_labels.items():
        created.select_label(key, value)
    return created


def _ports(workload: Workload) -> tuple[tuple[str, int], ...]:
    metrics = (METRICS_PORT_NAME, METRICS_PORT)
    return ((HTTP_PORT_NAME, workload.port), metrics) if workload.exposure else (metrics,)
