"""Broken objects of the mesh, as far as its definitions refuse them."""

from collections.abc import Sequence

from api_platform import names
from api_platform.proof.admission.broken import Broken, broken
from api_platform.proof.mesh_analysis.draft import put, remove

_ROUTE = "VirtualService api-service"
_TRAFFIC = "DestinationRule api-service"
_POLICY = "spec trafficPolicy"
_GATEWAY = f"Gateway {names.GATEWAY_NAMESPACE}/public"
_FILTER = f"EnvoyFilter {names.GATEWAY_NAMESPACE}/compression"
_CALLERS = "AuthorizationPolicy api-service-callers"
_MTLS = "PeerAuthentication api-service"
_SCOPE = "Sidecar api-service"
_TELEMETRY = f"Telemetry {names.ISTIO_NAMESPACE}/mesh-default"


def broken_routes() -> Sequence[Broken]:
    """Return the broken ones of a VirtualService, the Gateway and its filter, and a DestinationRule."""
    destination = "spec http 0 route 0 destination"
    names_too = ["api-tls", "media-tls"]
    return (
        broken(
            "A time-out of nothing",
            'spec.http[0].timeout: Invalid value: "0s": must be a valid duration greater than 1ms',
            put(_ROUTE, "spec http 0 timeout", "0s"),
        ),
        broken(
            "A time-out that is no duration",
            "type conversion error from 'string' to 'google.protobuf.Duration'",
            put(_ROUTE, "spec http 0 timeout", "half a minute"),
        ),
        broken(
            "Retries as text",
            "spec.http[0].retries.attempts in body must be of type integer",
            put(_ROUTE, "spec http 0 retries attempts", "three"),
        ),
        broken("A route to nowhere", "destination.host: Required value", remove(_ROUTE, f"{destination} host")),
        broken(
            "A misspelled field of a custom kind",
            'unknown field "spec.http[0].timeOut"',
            put(_ROUTE, "spec http 0 timeOut", "30s"),
        ),
        broken(
            "An unknown mode of TLS at the gateway",
            'spec.servers[1].tls.mode: Unsupported value: "STRICT"',
            put(_GATEWAY, "spec servers 1 tls mode", "STRICT"),
        ),
        broken(
            "An unknown version of TLS",
            'minProtocolVersion: Unsupported value: "TLSV1_4"',
            put(_GATEWAY, "spec servers 1 tls minProtocolVersion", "TLSV1_4"),
        ),
        broken(
            "One certificate and several",
            "only one of credentialName or credentialNames can be set",
            put(_GATEWAY, "spec servers 1 tls credentialNames", names_too),
        ),
        broken(
            "A server without a port", "spec.servers[0].port: Required value", remove(_GATEWAY, "spec servers 0 port")
        ),
        broken(
            "An unknown place for a filter",
            'applyTo: Unsupported value: "HTTP_FILTERS"',
            put(_FILTER, "spec configPatches 0 applyTo", "HTTP_FILTERS"),
        ),
        broken(
            "A wildcard in a filter's selector",
            "wildcard is not supported in selector",
            put(_FILTER, "spec workloadSelector labels istio", "ingress*"),
        ),
        broken(
            "An unknown load balancing",
            'loadBalancer.simple: Unsupported value: "LEAST_REQUESTS"',
            put(_TRAFFIC, f"{_POLICY} loadBalancer simple", "LEAST_REQUESTS"),
        ),
        broken(
            "An unknown TLS between services",
            'tls.mode: Unsupported value: "STRICT"',
            put(_TRAFFIC, f"{_POLICY} tls mode", "STRICT"),
        ),
        broken(
            "A negative circuit",
            "consecutive5xxErrors in body should be greater than or equal to 0",
            put(_TRAFFIC, f"{_POLICY} outlierDetection consecutive5xxErrors", -1),
        ),
        broken(
            "Idle for no time",
            'connectionPool.http.idleTimeout: Invalid value: "0s"',
            put(_TRAFFIC, f"{_POLICY} connectionPool http idleTimeout", "0s"),
        ),
    )


def broken_mesh_policies() -> Sequence[Broken]:
    """Return the broken ones of what says who may talk to whom, and how it is seen."""
    source = "spec rules 0 from 0 source"
    target = [{"kind": "Service", "group": "", "name": "api-service"}]
    return (
        broken("mTLS by port without a selector", "portLevelMtls requires selector", remove(_MTLS, "spec selector")),
        broken(
            "mTLS for port 90900",
            "port must be between 1-65535",
            put(_MTLS, "spec portLevelMtls 90900", {"mode": "STRICT"}),
        ),
        broken(
            "An unknown mode of mTLS",
            'spec.mtls.mode: Unsupported value: "REQUIRED"',
            put(_MTLS, "spec mtls mode", "REQUIRED"),
        ),
        broken("An unknown action", 'spec.action: Unsupported value: "PERMIT"', put(_CALLERS, "spec action", "PERMIT")),
        broken(
            "A wildcard in a policy's selector",
            "wildcard not allowed in label value match",
            put(_CALLERS, "spec selector matchLabels app", "api-*"),
        ),
        broken(
            "Two ways to say for whom",
            "only one of targetRefs or selector can be set",
            put(_CALLERS, "spec targetRefs", target),
        ),
        broken(
            "Two ways to name a caller",
            "Cannot set serviceAccounts with namespaces or principals",
            put(_CALLERS, f"{source} serviceAccounts", ["media-service"]),
        ),
        broken(
            "An unknown mode for what leaves",
            'outboundTrafficPolicy.mode: Unsupported value: "DENY_ANY"',
            put(_SCOPE, "spec outboundTrafficPolicy mode", "DENY_ANY"),
        ),
        broken(
            "Idle connections for no time",
            'inboundConnectionPool.http.idleTimeout: Invalid value: "0s"',
            put(_SCOPE, "spec inboundConnectionPool http idleTimeout", "0s"),
        ),
        broken(
            "More than all requests",
            "should be less than or equal to 100",
            put(_TELEMETRY, "spec tracing 0 randomSamplingPercentage", 101),
        ),
    )
