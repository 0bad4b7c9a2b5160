"""The mesh: CRDs, the CNI agent, the control plane and the ingress gateway."""

from collections.abc import Mapping, Sequence

from api_platform import names
from api_platform.aws.availability import ChartKeys, Component
from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import Environment
from api_platform.service import PROXY_RESOURCES, Cpu, Memory, Service

VERSION = "1.30.3"
_REPOSITORY = "https://blob.istio.io/istio-release/charts"
"""Where the project moved to: it empties istio-release.storage.googleapis.com in December 2026."""
_HUB = "docker.io/istio"
"""1.30 alone takes its images from registry.istio.io by default, which goes at the same time."""


_DRAIN_MARGIN_SECONDS = 30
"""What a load balancer takes to send nothing new to a gateway that ends."""


def istio(environment: Environment, services: Sequence[Service]) -> tuple[HelmRelease, ...]:
    """Return the four releases, in order: injection needs the control plane, and that expects the CNI agent."""
    gateway, control_plane = _gateway_component(environment), _control_plane_component(environment)
    return (
        _release("istio-base", "base", ()),
        _release("istio-cni", "cni", (_cni_component(),), {"global": {"hub": _HUB}}, after="istio-base"),
        _release("istiod", "istiod", (control_plane,), _control_plane(), after="istio-cni"),
        _release(
            names.GATEWAY_RELEASE,
            "gateway",
            (gateway,),
            _gateway(environment, services),
            after="istiod",
            namespace=names.GATEWAY_NAMESPACE,
        ),
    )


def _release(
    name: str,
    chart: str,
    components: tuple[Component, ...],
    values: Mapping[str, object] | None = None,
    *,
    after: str | None = None,
    namespace: str = names.ISTIO_NAMESPACE,
) -> HelmRelease:
    needed = (after,) if after else ()
    return HelmRelease(name, chart, _REPOSITORY, VERSION, namespace, components, values or {}, needed)


def _cni_component() -> Component:
    keys = ChartKeys(resources="resources")  # the chart's own priority is that of a node's parts
    return Component("cni", keys, Cpu(100), Memory.mebibytes(256), {"k8s-app": "istio-cni-node"}, per_node=True)


def _control_plane_component(environment: Environment) -> Component:
    """Return istiod: without it no pod of the services is created, and no proxy gets a certificate."""
    keys = ChartKeys(
        resources="resources",
        priority="global.priorityClassName",
        replicas="autoscaleMin",
        spread="topologySpreadConstraints",
        # The chart makes a budget by itself, above one replica.
    )
    memory = environment.choose(
        development=Memory.mebibytes(512), staging=Memory.gibibytes(1), production=Memory.gibibytes(2)
    )
    return Component(names.CONTROL_PLANE, keys, Cpu(500), memory, {"app": names.CONTROL_PLANE})


def _gateway_component(environment: Environment) -> Component:
    """Return the gateway: all that the world asks goes through it."""
    keys = ChartKeys(
        resources="resources",
        priority="priorityClassName",
        replicas="autoscaling.minReplicas",
        spread="topologySpreadConstraints",
        budget="podDisruptionBudget.minAvailable",
    )
    replicas = environment.choose(development=2, staging=3, production=3)
    memory = environment.choose(
        development=Memory.mebibytes(256), staging=Memory.mebibytes(512), production=Memory.gibibytes(1)
    )
    return Component("gateway", keys, Cpu(500), memory, names.GATEWAY_SELECTOR, replicas)


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


def _gateway(environment: Environment, services: Sequence[Service]) -> dict[str, object]:
    drain = _longest_request(services) + _DRAIN_MARGIN_SECONDS
    return {
        "autoscaling": {"maxReplicas": environment.choose(development=3, staging=6, production=20)},
        # A gateway that ends goes on with what it has begun. The proxy gives up after five seconds unless told
        # otherwise, and the kubelet after the grace.
        "terminationGracePeriodSeconds": drain + _DRAIN_MARGIN_SECONDS,
        "podAnnotations": {"proxy.istio.io/config": f"terminationDrainDuration: {drain}s"},
        # None goes before the one that takes its place is ready.
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        # `restricted` asks for the profile. Given a security context, the chart leaves out its own sysctl, without
        # which the gateway, that is not root, cannot listen on 80 and 443.
        "securityContext": {
            "seccompProfile": {"type": "RuntimeDefault"},
            "sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}],
        },
        "service": {
            # The client's own address: only nodes with a gateway on them take requests, and pass them to none other.
            "externalTrafficPolicy": "Local",
            "annotations": {
                # A network load balancer that passes TCP through: TLS ends in the gateway, which also redirects. TLS at
                # the load balancer and that redirect would send browsers in circles.
                "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
                "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
                "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
            },
        },
    }


def _longest_request(services: Sequence[Service]) -> int:
    """Return how long a request from the world may take, in seconds."""
    exposures = [workload.exposure for service in services for workload in service.workloads if workload.exposure]
    return max((one.timeout_seconds for one in exposures if one.subdomain), default=0)
