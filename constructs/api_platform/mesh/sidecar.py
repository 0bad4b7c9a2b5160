"""What a workload's own proxy knows of the mesh, and how it talks to the workload."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.call_graph import CallGraph
from api_platform.environment import Environment
from api_platform.labels import selector_labels, standard_labels
from api_platform.service import Service, Workload
from imports.io.istio.networking import (
    Sidecar,
    SidecarSpec,
    SidecarSpecEgress,
    SidecarSpecInboundConnectionPool,
    SidecarSpecInboundConnectionPoolHttp,
    SidecarSpecOutboundTrafficPolicy,
    SidecarSpecOutboundTrafficPolicyMode,
    SidecarSpecWorkloadSelector,
)

KEEP_ALIVE_MARGIN_SECONDS = 1
"""The proxy gives up an idle connection so much earlier than the workload would, so that no request meets its end."""


def sidecar(
    scope: Construct, environment: Environment, service: Service, workload: Workload, graph: CallGraph
) -> Sidecar:
    """Tell the proxy of those services alone that the workload may call: the smaller its configuration, the faster.

    This is scope, not security: what is not listed passes through as plain TCP (ALLOW_ANY), as calls to AWS must. A
    NetworkPolicy says what may leave, and strict mutual TLS turns away what would reach another service that way.
    """
    idle_seconds = workload.runtime.keep_alive_seconds - KEEP_ALIVE_MARGIN_SECONDS
    return Sidecar(
        scope,
        f"sidecar-{workload.name}",
        metadata=ApiObjectMetadata(
            name=workload.name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
        ),
        spec=SidecarSpec(
            workload_selector=SidecarSpecWorkloadSelector(labels=selector_labels(workload)),
            egress=[SidecarSpecEgress(hosts=_hosts(environment, workload, graph))],
            outbound_traffic_policy=SidecarSpecOutboundTrafficPolicy(
                mode=SidecarSpecOutboundTrafficPolicyMode.ALLOW_UNDERSCORE_ANY
            ),
            # It replaces the DestinationRule's pool, which Istio would apply here as well: five minutes of idleness and
            # limits that are meant for one caller, not for all of them.
            inbound_connection_pool=SidecarSpecInboundConnectionPool(
                http=SidecarSpecInboundConnectionPoolHttp(idle_timeout=f"{idle_seconds}s")
            ),
        ),
    )


def _hosts(environment: Environment, workload: Workload, graph: CallGraph) -> list[str]:
    callees = [f"./{names.mesh_host(environment, call.callee)}" for call in graph.callees_of(workload.name)]
    return [
        *callees,
        f"{names.ISTIO_NAMESPACE}/*",
        # The proxy itself sends traces there; left out, they vanish without a word.
        f"{names.TRACE_COLLECTOR_NAMESPACE}/{names.TRACE_COLLECTOR_HOST}",
    ]
