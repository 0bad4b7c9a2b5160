"""How requests reach a workload: under which hosts, for how long, and when they are tried again."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.mesh.gateway import GATEWAY_NAME
from api_platform.service import Exposure
from imports.io.istio.networking import (
    VirtualService,
    VirtualServiceSpec,
    VirtualServiceSpecHttp,
    VirtualServiceSpecHttpMatch,
    VirtualServiceSpecHttpMatchMethod,
    VirtualServiceSpecHttpRetries,
    VirtualServiceSpecHttpRoute,
    VirtualServiceSpecHttpRouteDestination,
    VirtualServiceSpecHttpRouteDestinationPort,
)

RETRY_BACKOFF = "100ms"
"""Pause before the first retry. Envoy doubles it each time, up to ten times as much, and picks a random part of it."""
RETRY_READS_ON = "connect-failure,refused-stream,unavailable,cancelled,503"
"""GET and HEAD change nothing, so they may be sent again after an answer too. 503 must be asked for: Istio 1.30's
default dropped it. `unavailable` and `cancelled` are gRPC's."""
RETRY_OTHERS_ON = "connect-failure,refused-stream"
"""All other methods: only what never reached the service, or an order would be placed twice."""

_READS = [
    VirtualServiceSpecHttpMatch(method=VirtualServiceSpecHttpMatchMethod(exact=method)) for method in ("GET", "HEAD")
]


def virtual_service(scope: Construct, context: WorkloadContext, exposure: Exposure) -> VirtualService:
    """Route the workload's hosts to it, with its timeout and retries.

    The mesh's own host is among them: without it, calls inside the mesh would have neither timeout nor retries.
    """
    mesh_host = context.mesh_host
    public_hosts = [names.public_host(context.environment, exposure.subdomain)] if exposure.subdomain else []
    gateways = [f"{names.GATEWAY_NAMESPACE}/{GATEWAY_NAME}"] if exposure.subdomain else []
    route = [
        VirtualServiceSpecHttpRoute(
            destination=VirtualServiceSpecHttpRouteDestination(
                host=mesh_host, port=VirtualServiceSpecHttpRouteDestinationPort(number=context.workload.port)
            )
        )
    ]
    timeout = f"{exposure.timeout_seconds}s"
    return VirtualService(
        scope,
        f"virtual-service-{context.name}",
        metadata=context.metadata(),
        spec=VirtualServiceSpec(
            hosts=[*public_hosts, mesh_host],
            gateways=[*gateways, "mesh"],
            http=[
                VirtualServiceSpecHttp(
                    name="reads",
                    match=_READS,
                    route=route,
                    timeout=timeout,
                    retries=_retries(exposure, RETRY_READS_ON),
                ),
                VirtualServiceSpecHttp(
                    name="others", route=route, timeout=timeout, retries=_retries(exposure, RETRY_OTHERS_ON)
                ),
            ],
        ),
    )


def _retries(exposure: Exposure, retry_on: str) -> VirtualServiceSpecHttpRetries:
    # No perTryTimeout: four tries within 30 seconds would leave each of them 7. Left out altogether, Istio would still
    # try twice more; zero attempts switch that off.
    if not exposure.retry_attempts:
        return VirtualServiceSpecHttpRetries(attempts=0)
    return VirtualServiceSpecHttpRetries(attempts=exposure.retry_attempts, backoff=RETRY_BACKOFF, retry_on=retry_on)
