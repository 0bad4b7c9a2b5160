"""The stable name in front of a workload's pods."""

import cdk8s_plus_27 as kubernetes
from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import selector_labels, standard_labels
from api_platform.service import METRICS_PORT, Service, Workload

METRICS_PORT_NAME = "http-metrics"
"""Istio takes the protocol from the name's first part; ServiceMonitors go by the name."""
HTTP_PORT_NAME = "http"


def cluster_service(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> kubernetes.Service:
    """Create the Service: with the business port where the workload is called, headless for metrics alone elsewhere.

    Every port equals its target port, since the VPC CNI's network policies see the one and mean the other.
    """
    created = kubernetes.Service(
        scope,
        f"service-{workload.name}",
        type=kubernetes.ServiceType.CLUSTER_IP,
        cluster_ip=None if workload.exposure else "None",
        ports=[
            kubernetes.ServicePort(name=name, port=port, target_port=port, protocol=kubernetes.Protocol.TCP)
            for name, port in _ports(workload)
        ],
        metadata=ApiObjectMetadata(
            name=workload.name,
            namespace=names.namespace(environment),
            labels=standard_labels(service, workload),
        ),
    )
    for key, value in selector_labels(workload).items():
        created.select_label(key, value)
    return created


def _ports(workload: Workload) -> tuple[tuple[str, int], ...]:
    metrics = (METRICS_PORT_NAME, METRICS_PORT)
    return ((HTTP_PORT_NAME, workload.port), metrics) if workload.exposure else (metrics,)
