"""What a workload's own proxy knows of the mesh, and how it talks to the workload."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
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


def sidecar(scope: Construct, context: WorkloadContext) -> Sidecar:
    """Tell the proxy of those services alone that the workload may call: the smaller its configuration, the faster.

    This is scope, not security: what is not listed passes through as plain TCP (ALLOW_ANY), as calls to AWS must. A
    NetworkPolicy says what may leave, and strict mutual TLS turns away what would reach another service that way.
    """
    idle_seconds = context.workload.runtime.keep_alive_seconds - KEEP_ALIVE_MARGIN_SECONDS
    return Sidecar(
        scope,
        f"sidecar-{context.name}",
        metadata=context.metadata(),
        spec=SidecarSpec(
            workload_selector=SidecarSpecWorkloadSelector(labels=context.selector_labels),
            egress=[SidecarSpecEgress(hosts=_hosts(context))],
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


def _hosts(context: WorkloadContext) -> list[str]:
    callees = [f"./{names.mesh_host(context.environment, call.callee)}" for call in context.callees]
    return [
        *callees,
        f"{names.ISTIO_NAMESPACE}/*",
        # The proxy itself sends traces there; left out, they vanish without a word.
        f"{names.TRACE_COLLECTOR_NAMESPACE}/{names.TRACE_COLLECTOR_HOST}",
    ]
