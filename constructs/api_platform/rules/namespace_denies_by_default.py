"""Nothing is open that no object opens: neither to packets, nor to requests, nor to plain text."""

from collections.abc import Iterator, Mapping, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, namespace, pod_selector, title
from api_platform.rules.values import at, table, text, words
from api_platform.service import METRICS_PORT, Service

RULE = rule_name(__name__)
_INJECTION = "istio-injection"
_POD_SECURITY = "pod-security.kubernetes.io/enforce"


def namespace_denies_by_default(
    environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a namespace that is open, or outside the mesh, and any exception from strict mTLS but for metrics.

    All policies of workloads only add to what is allowed. With the closing ones missing, everything works, and
    everything is open.
    """
    here = names.namespace_name(environment)
    faults = (*_namespace_faults(objects.find("Namespace", None, here) or {}), *_missing(objects, here))
    return [
        *(_finding(PLATFORM, f"namespace {here}: {fault}") for fault in faults),
        *(
            _finding(objects.subject(one), f"{title(one)}: {fault}")
            for one in objects.of_kind("PeerAuthentication")
            if namespace(one) in (here, names.ISTIO_NAMESPACE)
            for fault in _plain_text(one)
        ),
    ]


def _namespace_faults(found: Manifest) -> Iterator[str]:
    labels = table(found, "metadata", "labels")
    if labels.get(_INJECTION) != "enabled" and "istio.io/rev" not in labels:
        yield "gets no proxies (label istio-injection)"
    if labels.get(_POD_SECURITY) != "restricted":
        yield f"does not enforce Pod Security restricted (label {_POD_SECURITY})"


def _missing(objects: Objects, here: str) -> Iterator[str]:
    closing: Mapping[str, bool] = {
        "no NetworkPolicy denies all packets, both ways": any(
            _denies_packets(one) for one in objects.of_kind("NetworkPolicy") if namespace(one) == here
        ),
        "no AuthorizationPolicy denies all requests": any(
            _denies_requests(one) for one in objects.of_kind("AuthorizationPolicy") if namespace(one) == here
        ),
        "no PeerAuthentication demands mTLS": any(
            not pod_selector(one) and text(one, "spec", "mtls", "mode") == "STRICT"
            for one in objects.of_kind("PeerAuthentication")
            if namespace(one) == here
        ),
    }
    yield from (fault for fault, closed in closing.items() if not closed)


def _denies_packets(policy: Manifest) -> bool:
    spec = table(policy, "spec")
    return (
        not pod_selector(policy)
        and set(words(spec, "policyTypes")) == {"Ingress", "Egress"}
        and not (spec.get("ingress") or spec.get("egress"))
    )


def _denies_requests(policy: Manifest) -> bool:
    """Say whether it allows, all workloads, nothing: an empty spec. (An empty *rule* would allow everything.)"""
    spec = table(policy, "spec")
    return not pod_selector(policy) and not spec.get("rules") and spec.get("action", "ALLOW") == "ALLOW"


def _plain_text(authentication: Manifest) -> Iterator[str]:
    mode = at(authentication, "spec", "mtls", "mode")
    if mode not in (None, "UNSET", "STRICT"):
        yield f"mode {mode} takes plain text"
    for port in table(authentication, "spec", "portLevelMtls"):
        mode = at(authentication, "spec", "portLevelMtls", port, "mode")
        if mode != "STRICT" and port != str(METRICS_PORT):
            yield f"port {port} in mode {mode} takes plain text"


def _finding(subject: str, value: str) -> Finding:
    return Finding(
        RULE,
        subject,
        value,
        "The services' namespace is in the mesh, enforces Pod Security restricted, and denies packets, requests and "
        f"plain text, but for the metrics port ({METRICS_PORT}).",
        "Render the platform chart whole: namespace, default-deny, allow-nothing, strict PeerAuthentication.",
    )
