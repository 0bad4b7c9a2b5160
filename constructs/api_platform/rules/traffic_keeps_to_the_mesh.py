"""No traffic goes around the mesh: not past a proxy, not without mTLS, not in plain text from the world."""

from collections.abc import Iterator, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, namespace, title
from api_platform.rules.values import at, rows, table, text
from api_platform.service import Service

RULE = rule_name(__name__)
_INJECT = "sidecar.istio.io/inject"
_INTERCEPTION = "sidecar.istio.io/interceptionMode"
_TRAFFIC = "traffic.sidecar.istio.io"
_LEFT_OUT = ("excludeInboundPorts", "excludeInterfaces", "excludeOutboundIPRanges", "excludeOutboundPorts")
_ALONE = ("includeInboundPorts", "includeOutboundIPRanges")
"""What they do not list goes past the proxy; `*` lists everything."""
_ENCRYPTED = ("HTTPS", "TLS")


def traffic_keeps_to_the_mesh(
    environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse what breaks or bypasses the mesh although Istio takes it for good.

    A caller that is told to speak plain text is turned away by every strict server: all its calls fail. A port that a
    pod keeps from its proxy is open to whomever NetworkPolicies let through, without mTLS and without authorization.
    """
    ours = (names.namespace_name(environment), names.GATEWAY_NAMESPACE, names.ISTIO_NAMESPACE)
    return [
        Finding(
            RULE,
            objects.subject(one),
            f"{title(one)}: {fault}",
            "All traffic passes the proxies, by Istio's mTLS inside the mesh and by HTTPS from outside it.",
            "Leave it to mesh/ and the pods' own proxies: take the setting out.",
        )
        for one in objects.of_kind("DestinationRule", "Deployment", "Gateway")
        if namespace(one) in ours
        for fault in _faults(environment, one)
    ]


def _faults(environment: Environment, one: Manifest) -> Iterator[str]:
    match text(one, "kind"):
        case "DestinationRule" if _is_for_our_services(environment, one):
            yield from _without_mutual_tls(one)
        case "Deployment":
            yield from _past_the_proxy(one)
        case "Gateway":
            yield from _plain_from_outside(one)


def _is_for_our_services(environment: Environment, policy: Manifest) -> bool:
    """Say whether the policy's host can be a Service of ours; a host outside the mesh has a TLS of its own."""
    host, ours = text(policy, "spec", "host"), names.mesh_host(environment, "")
    if "." not in host and host != "*":  # short: a Service beside the policy
        return namespace(policy) == names.namespace_name(environment)
    return host.endswith(ours) or (host.startswith("*") and ours.endswith(host[1:]))


def _without_mutual_tls(policy: Manifest) -> Iterator[str]:
    subsets = [table(one, "trafficPolicy") for one in rows(policy, "spec", "subsets")]
    for settings in (table(policy, "spec", "trafficPolicy"), *subsets):
        for one in (settings, *rows(settings, "portLevelSettings")):
            # Without any `tls`, a proxy speaks mTLS to whoever has a proxy. Without a mode in it, plain text.
            mode = "ISTIO_MUTUAL" if at(one, "tls") is None else text(one, "tls", "mode") or "DISABLE"
            if mode != "ISTIO_MUTUAL":
                yield f"callers speak TLS mode {mode}, not ISTIO_MUTUAL"


def _past_the_proxy(deployment: Manifest) -> Iterator[str]:
    labels, annotations = (table(deployment, "spec", "template", "metadata", one) for one in ("labels", "annotations"))
    if labels.get(_INJECT, annotations.get(_INJECT)) == "false":  # the label wins
        yield f"its pods refuse the proxy ({_INJECT})"
    if annotations.get(_INTERCEPTION) == "NONE":
        yield f"nothing leads its pods' traffic to the proxy ({_INTERCEPTION})"
    for setting in _LEFT_OUT:
        if left_out := annotations.get(f"{_TRAFFIC}/{setting}"):
            yield f"{setting} {left_out} goes past the proxy"
    for setting in _ALONE:
        if (alone := annotations.get(f"{_TRAFFIC}/{setting}", "*")) != "*":
            yield f"all but {setting} {alone or 'of nothing'} goes past the proxy"


def _plain_from_outside(gateway: Manifest) -> Iterator[str]:
    for server in rows(gateway, "spec", "servers"):
        protocol = text(server, "port", "protocol")
        if protocol.upper() not in _ENCRYPTED and at(server, "tls", "httpsRedirect") is not True:
            yield f"port {at(server, 'port', 'number')} takes plain {protocol or 'traffic'}, and leads nobody to HTTPS"
