"""The mesh: CRDs, the CNI agent, the control plane and the ingress gateway."""

from collections.abc import Mapping

from api_platform import names
from api_platform.aws.helm_release import HelmRelease
from api_platform.service import PROXY_RESOURCES

VERSION = "1.30.3"
_REPOSITORY = "https://blob.istio.io/istio-release/charts"
"""Where the project moved to: it empties istio-release.storage.googleapis.com in December 2026."""
_HUB = "docker.io/istio"
"""1.30 alone takes its images from registry.istio.io by default, which goes at the same time."""


def istio() -> tuple[HelmRelease, ...]:
    """Return the four releases, in order: injection needs the control plane, and that expects the CNI agent."""
    return (
        _release("istio-base", "base"),
        _release("istio-cni", "cni", {"global": {"hub": _HUB}}, after="istio-base"),
        _release("istiod", "istiod", _control_plane(), after="istio-cni"),
        _release(names.GATEWAY_RELEASE, "gateway", _gateway(), after="istiod", namespace=names.GATEWAY_NAMESPACE),
    )


def _release(
    name: str,
    chart: str,
    values: Mapping[str, object] | None = None,
    *,
    after: str | None = None,
    namespace: str = names.ISTIO_NAMESPACE,
) -> HelmRelease:
    return HelmRelease(name, chart, _REPOSITORY, VERSION, namespace, values or {}, (after,) if after else ())


def _control_plane() -> dict[str, object]:
    proxy = PROXY_RESOURCES
    return {
        "global": {
            "hub": _HUB,
            "proxy": {
                # The quotas count these for every pod.
                "resources": {
                    "requests": {"cpu": str(proxy.cpu), "memory": str(proxy.memory)},
                    "limits": {"cpu": str(proxy.cpu_limit), "memory": str(proxy.memory_limit)},
                }
            },
        },
        "pilot": {
            # No init container that needs NET_ADMIN: the services' namespace is `restricted`.
            "cni": {"enabled": True},
            # The proxy starts before the application and stops after it.
            "env": {"ENABLE_NATIVE_SIDECARS": "true"},
        },
        "meshConfig": {
            # AuthorizationPolicies compare principals, which begin with it.
            "trustDomain": names.TRUST_DOMAIN,
            # AWS APIs are called by addresses that the mesh does not know; NetworkPolicies say who may.
            "outboundTrafficPolicy": {"mode": "ALLOW_ANY"},
            "extensionProviders": [
                {
                    "name": names.TRACING_PROVIDER,
                    "opentelemetry": {"service": names.TRACE_COLLECTOR_HOST, "port": names.TRACE_COLLECTOR_PORT},
                }
            ],
        },
    }


def _gateway() -> dict[str, object]:
    return {
        # `restricted` asks for the profile. Given a security context, the chart leaves out its own sysctl, without
        # which the gateway, that is not root, cannot listen on 80 and 443.
        "securityContext": {
            "seccompProfile": {"type": "RuntimeDefault"},
            "sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}],
        },
        "service": {
            "annotations": {
                # A network load balancer that passes TCP through: TLS ends in the gateway, which also redirects. TLS at
                # the load balancer and that redirect would send browsers in circles.
                "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
                "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
                "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
            }
        },
    }
