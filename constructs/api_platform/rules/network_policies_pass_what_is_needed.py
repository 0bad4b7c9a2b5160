"""Every packet that a workload's spec implies passes its NetworkPolicies."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform.access import workload_role
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.values import rows, text, whole
from api_platform.service import METRICS_PORT, CacheAccess, DatabaseAccess, Service, Workload

RULE = rule_name(__name__)
_ALWAYS_OUT = {("UDP", 53): "DNS", ("TCP", 53): "DNS", ("TCP", 15012): "istiod", ("TCP", 4317): "traces"}
_ALWAYS_IN = {("TCP", METRICS_PORT): "metrics", ("TCP", 15090): "the proxy's metrics"}

Port = tuple[str, int]
"""Protocol and number."""


def network_policies_pass_what_is_needed(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse policies that cut a workload off from what it uses: by port, whoever is at the other end.

    A workload with a role needs 443 even if it uses no more than a queue: it gets its credentials there.
    """
    policies = _by_deployment(objects)
    workloads = {workload.name: workload for service in services for workload in service.workloads}
    called = {callee for workload in workloads.values() for callee in workload.calls}
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        own = policies.get((namespace(deployment), name(deployment)), [])
        public = bool(workload.exposure and workload.exposure.subdomain)
        incoming = {("TCP", workload.port): "calls"} if public or workload.name in called else {}
        wanted = {
            "egress": {**_ALWAYS_OUT, **_outgoing(environment, workload, workloads)},
            "ingress": {**_ALWAYS_IN, **incoming},
        }
        findings += [
            Finding(
                RULE,
                workload.name,
                f"no NetworkPolicy allows {direction} on {protocol} {number} ({purpose})",
                "A workload's NetworkPolicies pass what its spec implies; all else is denied.",
                "Let them follow from uses= and calls=.",
            )
            for direction, ports in wanted.items()
            for (protocol, number), purpose in ports.items()
            if not any(_passes(policy, direction, (protocol, number)) for policy in own)
        ]
    return findings


def _outgoing(environment: Environment, workload: Workload, workloads: Mapping[str, Workload]) -> Mapping[Port, str]:
    wanted = {("TCP", workloads[callee].port): callee for callee in workload.calls if callee in workloads}
    if workload_role(environment, workload):
        wanted["TCP", 443] = "AWS"
    if workload.needs(DatabaseAccess):
        wanted["TCP", 5432] = "database"
    if workload.needs(CacheAccess):
        wanted["TCP", 6379] = "cache"
    return wanted


def _by_deployment(objects: Objects) -> Mapping[tuple[str | None, str], list[Manifest]]:
    found: dict[tuple[str | None, str], list[Manifest]] = {}
    for policy in objects.of_kind("NetworkPolicy"):
        for deployment in objects.selected_by(policy):
            found.setdefault((namespace(deployment), name(deployment)), []).append(policy)
    return found


def _passes(policy: Manifest, direction: str, port: Port) -> bool:
    return any(_allows(rule, port) for rule in rows(policy, "spec", direction))


def _allows(rule: Mapping[str, Any], port: Port) -> bool:
    """Say whether a rule is about the port; one that names no port is about all."""
    return not rule.get("ports") or port in set(_ports(rule))


def _ports(rule: Mapping[str, Any]) -> Iterator[Port]:
    for one in rows(rule, "ports"):
        first = whole(one, "port")
        if first is not None:
            last = whole(one, "endPort") or first
            yield from ((text(one, "protocol") or "TCP", number) for number in range(first, last + 1))
