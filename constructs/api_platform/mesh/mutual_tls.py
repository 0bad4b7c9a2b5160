"""Mutual TLS everywhere: no pod takes plain text, except scrapes of its metrics."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from api_platform.service import METRICS_PORT
from imports.io.istio.security import (
    PeerAuthentication,
    PeerAuthenticationSpec,
    PeerAuthenticationSpecMtls,
    PeerAuthenticationSpecMtlsMode,
    PeerAuthenticationSpecPortLevelMtls,
    PeerAuthenticationSpecPortLevelMtlsMode,
    PeerAuthenticationSpecSelector,
)

_STRICT = PeerAuthenticationSpecMtls(mode=PeerAuthenticationSpecMtlsMode.STRICT)
_PERMISSIVE = PeerAuthenticationSpecPortLevelMtls(mode=PeerAuthenticationSpecPortLevelMtlsMode.PERMISSIVE)


def mesh_wide_mutual_tls(scope: Construct) -> PeerAuthentication:
    """Refuse plain text in the whole mesh: what lies in Istio's own namespace holds for all others."""
    return _namespace_wide(scope, "peer-authentication-mesh-wide", names.ISTIO_NAMESPACE)


def namespace_mutual_tls(scope: Construct, environment: ChartEnvironment) -> PeerAuthentication:
    """Refuse plain text in the environment's namespace, even if somebody loosens the mesh-wide rule."""
    return _namespace_wide(scope, "peer-authentication-default", names.namespace_name(environment))


def workload_mutual_tls(scope: Construct, context: WorkloadContext) -> PeerAuthentication:
    """Take plain text on the metrics port alone, since Prometheus is not in the mesh.

    `portLevelMtls` needs a selector, so there is one per workload; its port is the container's, not the Service's. An
    AuthorizationPolicy leaves nothing but GET /metrics on that port, a NetworkPolicy nobody but `monitoring`.
    """
    return PeerAuthentication(
        scope,
        f"peer-authentication-{context.name}",
        metadata=context.metadata(),
        spec=PeerAuthenticationSpec(
            selector=PeerAuthenticationSpecSelector(match_labels=context.selector_labels),
            mtls=_STRICT,
            port_level_mtls={str(METRICS_PORT): _PERMISSIVE},
        ),
    )


def _namespace_wide(scope: Construct, construct_id: str, namespace: str) -> PeerAuthentication:
    return PeerAuthentication(
        scope,
        construct_id,
        metadata=platform_metadata("default", namespace),
        spec=PeerAuthenticationSpec(mtls=_STRICT),
    )
