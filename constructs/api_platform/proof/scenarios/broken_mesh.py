"""Broken mesh configurations: each a change of our own rendered objects, and who must notice it.

Where istioctl notices, it is the one that must; where only our rules do, they are.
"""

from collections.abc import Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.proof.mesh_analysis.broken_configuration import BrokenConfiguration, analysis, rule, webhook
from api_platform.proof.mesh_analysis.draft import copy, put, remove

_ROUTE = "VirtualService api-service"
_TO = "spec http 0 route 0 destination"
_GATEWAY = f"Gateway {names.GATEWAY_NAMESPACE}/public"
_FILTER = f"EnvoyFilter {names.GATEWAY_NAMESPACE}/compression"
_POLICY = "DestinationRule api-service"
_SERVICE = "Service api-service"
_CALLERS = "AuthorizationPolicy api-service-callers"
_SOURCE = "spec rules 0 from 0 source"
_MTLS = "PeerAuthentication api-service"
_SCOPE = "Sidecar api-service"
_TELEMETRY = f"Telemetry {names.ISTIO_NAMESPACE}/mesh-default"
_PODS = "Deployment api-service"
_LABELS = "spec template metadata labels"
_ANNOTATIONS = "spec template metadata annotations"
_METRICS = "AuthorizationPolicy api-service-metrics"
_CALLED = "VirtualService media-service"
"""Called by the gateway and inside the mesh."""
_NO_POD = {"app.kubernetes.io/name": "api"}
"""Labels that no pod has."""


def broken_meshes(environment: Environment) -> Sequence[BrokenConfiguration]:
    """Return the table, for this environment's objects."""
    return (
        *_routes(environment),
        *_gateways(),
        *_traffic_policies(environment),
        *_access(),
        *_proxies(environment),
        *_ways_around(),
        *_silences(),
    )


def _routes(environment: Environment) -> Sequence[BrokenConfiguration]:
    nowhere = names.mesh_host(environment, "orders")
    old_fault = {"delay": {"percent": 5, "fixedDelay": "5s"}}
    return (
        analysis("IST0101", "A route to a Service that does not exist", put(_ROUTE, f"{_TO} host", nowhere)),
        analysis("IST0101", "A route to a subset that no DestinationRule has", put(_ROUTE, f"{_TO} subset", "v2")),
        analysis("IST0101", "A route to a port that the Service has not", put(_ROUTE, f"{_TO} port number", 8081)),
        analysis("IST0101", "A route on a gateway that does not exist", put(_ROUTE, "spec gateways 0", "x/private")),
        analysis("IST0132", "A route for a public host that is mistyped", put(_ROUTE, "spec hosts", ["api.example"])),
        analysis("IST0130", "A rule for all requests before another", remove(_ROUTE, "spec http 0 match")),
        analysis("IST0131", "The same match twice", put(_ROUTE, "spec http 0 match 1 method exact", "GET")),
        analysis("IST0109", "Two VirtualServices for one host", copy(_ROUTE, "api-service-canary")),
        analysis("IST0002", "A deprecated field", put(_ROUTE, "spec http 0 fault", old_fault)),
        analysis("IST0106", "A misspelled condition of retries", put(_ROUTE, "spec http 0 retries retryOn", "5x")),
        webhook("A misspelled field", put(_ROUTE, "spec http 0 retries attempt", 3)),
    )


def _gateways() -> Sequence[BrokenConfiguration]:
    patch = "spec configPatches 0"
    shared = "public-hosts-have-their-own-certificate"
    return (
        analysis("IST0101", "A Gateway that selects no pod", put(_GATEWAY, "spec selector", {"istio": "ingress"})),
        analysis(
            "IST0101",
            "A certificate that nothing makes",
            put(_GATEWAY, "spec servers 1 tls credentialName", "api-cert"),
        ),
        analysis("IST0106", "HTTPS without a certificate", remove(_GATEWAY, "spec servers 1 tls")),
        rule(shared, "One certificate for two hosts", put(_GATEWAY, "spec servers 2 tls credentialName", "api-tls")),
        analysis("IST0133", "TLS 1.0 for the world", put(_GATEWAY, "spec servers 1 tls minProtocolVersion", "TLSV1_0")),
        analysis("IST0145", "Two Gateways for one host and port", copy(_GATEWAY, "public-again")),
        analysis("IST0162", "A port that the load balancer has not", put(_GATEWAY, "spec servers 0 port number", 8443)),
        analysis(
            "IST0152",
            "An EnvoyFilter that replaces what cannot be replaced",
            put(_FILTER, f"{patch} applyTo", "CLUSTER"),
            put(_FILTER, f"{patch} patch operation", "REPLACE"),
        ),
        analysis(
            "IST0133",
            "A field that Envoy's filter has not",
            put(_FILTER, f"{patch} patch value typed_config min_content_length", 1024),
        ),
    )


def _traffic_policies(environment: Environment) -> Sequence[BrokenConfiguration]:
    nowhere = names.mesh_host(environment, "orders")
    subset = {"name": "v2", "labels": {"version": "v2"}}
    return (
        analysis("IST0128", "TLS that trusts any server", put(_POLICY, "spec trafficPolicy tls mode", "SIMPLE")),
        analysis("IST0174", "A traffic policy for an unknown host", put(_POLICY, "spec host", nowhere)),
        analysis("IST0173", "A subset that selects no pod", put(_POLICY, "spec subsets", [subset])),
        analysis("IST0118", "A port whose name tells no protocol", put(_SERVICE, "spec ports 0 name", "web")),
        analysis(
            "IST0137",
            "Two Services, one container port, different ports",
            copy(_SERVICE, "api"),
            put("Service api", "spec ports 0 port", 80),
        ),
    )


def _access() -> Sequence[BrokenConfiguration]:
    stranger = names.principal(names.GATEWAY_NAMESPACE, "gateway")
    mesh_wide = f"PeerAuthentication {names.ISTIO_NAMESPACE}/default"
    open_door, pods, callers = (
        "namespace-denies-by-default",
        "selectors-match-one-workload",
        "policies-admit-the-declared-callers",
    )
    return (
        analysis("IST0101", "Access from an unknown namespace", put(_CALLERS, _SOURCE, {"namespaces": ["ingress"]})),
        rule(callers, "Access for an identity that nobody has", put(_CALLERS, f"{_SOURCE} principals", [stranger])),
        analysis("IST0127", "Access to pods that are not there", put(_CALLERS, "spec selector matchLabels", _NO_POD)),
        rule(pods, "mTLS for pods that are not there", put(_MTLS, "spec selector matchLabels", _NO_POD)),
        analysis("IST0106", "mTLS by port for a whole namespace", remove(_MTLS, "spec selector")),
        rule(open_door, "A denial that only records", put("AuthorizationPolicy allow-nothing", "spec action", "AUDIT")),
        rule(open_door, "mTLS off for a workload", put(_MTLS, "spec mtls mode", "DISABLE")),
        rule(open_door, "Plain text accepted mesh-wide", put(mesh_wide, "spec mtls mode", "PERMISSIVE")),
    )


def _proxies(environment: Environment) -> Sequence[BrokenConfiguration]:
    namespace = f"Namespace {names.namespace_name(environment)}"
    network = {"traffic.sidecar.istio.io/includeOutboundIPRanges": "10.0.0.0/99"}
    return (
        analysis("IST0110", "Two Sidecars for one pod", copy(_SCOPE, "api-service-again")),
        analysis(
            "IST0101", "A Sidecar for pods that are not there", put(_SCOPE, "spec workloadSelector labels", _NO_POD)
        ),
        analysis(
            "IST0106", "A Sidecar's host without namespace", put(_SCOPE, "spec egress 0 hosts", ["media-service"])
        ),
        rule("mesh-hosts-exist", "A Sidecar without a callee", put(_SCOPE, "spec egress 0 hosts", ["istio-system/*"])),
        analysis("IST0160", "Two Telemetries for one namespace", copy(_TELEMETRY, "mesh-default-again")),
        analysis("IST0157", "An access log without a provider", remove(_TELEMETRY, "spec accessLogging 0 providers")),
        analysis(
            "IST0123", "Two injectors for one namespace", put(namespace, "metadata labels istio.io/rev", "canary")
        ),
        rule(
            "namespace-denies-by-default",
            "A namespace without proxies",
            put(namespace, "metadata labels istio-injection", "disabled"),
        ),
        analysis(
            "IST0144",
            "A container under the proxy's user",
            put(_PODS, "spec template spec securityContext runAsUser", 1337),
        ),
        analysis("IST0127", "Pods that refuse the proxy", put(_PODS, f"{_LABELS} sidecar.istio.io/inject", "false")),
        analysis(
            "IST0108", "A misspelled annotation", put(_PODS, _ANNOTATIONS, {"sidecar.istio.io/proxyCPULimits": "1"})
        ),
        analysis("IST0125", "An annotation with a bad value", put(_PODS, _ANNOTATIONS, network)),
    )


def _ways_around() -> Sequence[BrokenConfiguration]:
    around, unseen = "traffic-keeps-to-the-mesh", "routes-reach-every-caller"
    left_out = f"{_ANNOTATIONS} traffic.sidecar.istio.io/excludeInboundPorts"
    public = f"{names.GATEWAY_NAMESPACE}/public"
    return (
        rule(around, "Plain text to strict servers", put(_POLICY, "spec trafficPolicy tls mode", "DISABLE")),
        rule(around, "A port past the proxy", put(_PODS, left_out, "8080")),
        rule(around, "Plain HTTP for the world", put(_GATEWAY, "spec servers 0 tls httpsRedirect", False)),
        rule(unseen, "A route that the gateway does not see", put(_ROUTE, "spec exportTo", ["."])),
        rule(unseen, "A traffic policy that the gateway does not see", put(_POLICY, "spec exportTo", ["."])),
        rule(unseen, "A route without those who call in the mesh", put(_CALLED, "spec gateways", [public])),
    )


def _silences() -> Sequence[BrokenConfiguration]:
    unknown, refused = "telemetry-providers-exist", "policies-admit-scrapes"
    operation = "spec rules 0 to 0 operation"
    return (
        rule(unknown, "Traces to an unknown provider", put(_TELEMETRY, "spec tracing 0 providers 0 name", "jaeger")),
        rule(refused, "Metrics under another path", put(_METRICS, f"{operation} paths", ["/metric"])),
        rule(refused, "Metrics by another method", put(_METRICS, f"{operation} methods", ["POST"])),
        rule(refused, "Metrics by mTLS alone", remove(_MTLS, "spec portLevelMtls")),
    )
