"""Every scrape of metrics gets in: it comes in plain text and without an identity, and policies must let it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import rows, table, text, whole, words
from api_platform.service import Service

RULE = rule_name(__name__)
_IDENTITIES = ("principals", "requestPrincipals", "namespaces", "serviceAccounts")
"""By which a policy asks who calls."""

_Policies = Mapping[tuple[str | None, str], list[Manifest]]
"""Namespace and name of a Deployment -> the policies that select its pods."""


def policies_admit_scrapes(_environment: Environment, _services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a ServiceMonitor whose scrapes a workload's policies turn away.

    Answered 403 or cut off, the metrics are missing, and with them every alert and every graph that reads them.
    """
    authorization = _by_deployment(objects, "AuthorizationPolicy")
    authentication = _by_deployment(objects, "PeerAuthentication")
    return [
        Finding(
            RULE,
            objects.subject(monitor),
            f"{title(monitor)}: {fault}",
            "What a ServiceMonitor scrapes is open to GET, in plain text and without an identity.",
            "Let the AuthorizationPolicy, portLevelMtls and the monitor name the same port and path.",
        )
        for monitor in objects.of_kind("ServiceMonitor")
        for endpoint in rows(monitor, "spec", "endpoints")
        if text(endpoint, "scheme").upper() != "HTTPS"  # then Prometheus has a certificate to show
        for deployment, port in _scraped(objects, monitor, text(endpoint, "port"))
        for fault in _faults(
            port,
            text(endpoint, "path") or "/metrics",
            authorization.get((namespace(deployment), name(deployment)), []),
            authentication.get((namespace(deployment), name(deployment)), []),
        )
    ]


def _by_deployment(objects: Objects, kind: str) -> _Policies:
    found: dict[tuple[str | None, str], list[Manifest]] = {}
    for policy in objects.of_kind(kind):
        for deployment in objects.selected_by(policy):
            found.setdefault((namespace(deployment), name(deployment)), []).append(policy)
    return found


def _scraped(objects: Objects, monitor: Manifest, port: str) -> Iterator[tuple[Manifest, str]]:
    """Return each Deployment that is scraped, and its port; `service-monitors-find-their-port` sees to the rest."""
    for service in objects.select("Service", namespace(monitor), table(monitor, "spec", "selector")):
        for one in rows(service, "spec", "ports"):
            if text(one, "name") == port:
                number = whole(one, "targetPort") or whole(one, "port")
                yield from ((deployment, str(number)) for deployment in objects.selected_by(service))


def _faults(
    port: str, path: str, authorization: Sequence[Manifest], authentication: Sequence[Manifest]
) -> Iterator[str]:
    if not any(_admits(policy, port, path) for policy in authorization):
        yield f"no policy admits GET {path} on port {port}"
    if not any(_takes_plain_text(policy, port) for policy in authentication):
        yield f"port {port} takes nothing but mTLS"


def _admits(policy: Manifest, port: str, path: str) -> bool:
    if text(policy, "spec", "action") not in ("", "ALLOW"):
        return False
    return any(_asks_nobodys_identity(rule) and _is_about(rule, port, path) for rule in rows(policy, "spec", "rules"))


def _asks_nobodys_identity(rule: Mapping[str, Any]) -> bool:
    sources = rows(rule, "from")
    return not sources or any(not any(words(one, "source", by) for by in _IDENTITIES) for one in sources)


def _is_about(rule: Mapping[str, Any], port: str, path: str) -> bool:
    request = {"ports": port, "methods": "GET", "paths": path}
    operations = rows(rule, "to")
    return not operations or any(
        all(_fits(words(one, "operation", field), value) for field, value in request.items()) for one in operations
    )


def _fits(patterns: Sequence[str], value: str) -> bool:
    """Say whether one of the patterns, which may begin or end with an asterisk, is the value's; none are anything's."""
    return not patterns or any(
        value == pattern
        or (pattern.endswith("*") and value.startswith(pattern[:-1]))
        or (pattern.startswith("*") and value.endswith(pattern[1:]))
        for pattern in patterns
    )


def _takes_plain_text(policy: Manifest, port: str) -> bool:
    mode = text(policy, "spec", "portLevelMtls", port, "mode") or text(policy, "spec", "mtls", "mode")
    return mode in ("PERMISSIVE", "DISABLE")
