"""Mutual TLS everywhere: no pod takes plain text, except scrapes of its metrics."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import platform_labels, selector_labels, standard_labels
from api_platform.service import METRICS_PORT, Service, Workload
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


def namespace_mutual_tls(scope: Construct, environment: Environment) -> PeerAuthentication:
    """Refuse plain text in the environment's namespace, even if somebody loosens the mesh-wide rule."""
    return _namespace_wide(scope, "peer-authentication-default", names.namespace(environment))


def workload_mutual_tls(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> PeerAuthentication:
    """Take plain text on the metrics port alone, since Prometheus is not in the mesh.

    `portLevelMtls` needs a selector, so there is one per workload; its port is the container's, not the Service's. An
    AuthorizationPolicy leaves nothing but GET /metrics on that port, a NetworkPolicy nobody but `monitoring`.
    """
    return PeerAuthentication(
        scope,
        f"peer-authentication-{workload.name}",
        metadata=ApiObjectMetadata(
            name=workload.name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
        ),
        spec=PeerAuthenticationSpec(
            selector=PeerAuthenticationSpecSelector(match_labels=selector_labels(workload)),
            mtls=_STRICT,
            port_level_mtls={str(METRICS_PORT): _PERMISSIVE},
        ),
    )


def _namespace_wide(scope: Construct, construct_id: str, namespace: str) -> PeerAuthentication:
    return PeerAuthentication(
        scope,
        construct_id,
        metadata=ApiObjectMetadata(name="default", namespace=namespace, labels=platform_labels()),
        spec=PeerAuthenticationSpec(mtls=_STRICT),
    )
