"""The mesh lets in exactly those whom the call graph declares, under the identities that their pods really have."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.pods import pod
from api_platform.rules.values import rows, text, words
from api_platform.service import METRICS_PORT, Service, Workload

RULE = rule_name(__name__)
_REMEDY = "Declare the call in calls= (or the subdomain in exposure=), and let the policies follow from it."


def policies_admit_the_declared_callers(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse an AuthorizationPolicy that admits anybody else, or not all of them, or everyone to more than metrics.

    A caller is its ServiceAccount, taken from its Deployment: with the account renamed there and not here, every call
    is answered 403.
    """
    admitted = _admitted(objects)
    declared = _declared(environment, services, objects)
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        may, does = declared.get(workload.name, set()), admitted.get((namespace(deployment), workload.name), set())
        findings += [_finding(workload, f"{caller} may call it, and no policy admits them") for caller in may - does]
        findings += [_finding(workload, f"a policy admits {caller}, undeclared") for caller in does - may]
    return sorted(findings) + _open_to_everyone(objects)


def _declared(environment: Environment, services: Sequence[Service], objects: Objects) -> Mapping[str, set[str]]:
    """Return `principal on port` of all who may call, by callee."""
    here = names.namespace_name(environment)
    workloads = {workload.name: workload for service in services for workload in service.workloads}
    callers: dict[str, set[str]] = {}

    def admit(principal: str, callee: Workload) -> None:
        callers.setdefault(callee.name, set()).add(_on_port(principal, str(callee.port)))

    for caller in workloads.values():
        if caller.exposure and caller.exposure.subdomain:
            admit(names.principal(names.GATEWAY_NAMESPACE, names.GATEWAY_RELEASE), caller)
        account = text(pod(objects.find("Deployment", here, caller.name) or {}), "serviceAccountName")
        for callee in caller.calls:
            if callee in workloads:
                admit(names.principal(here, account), workloads[callee])
    return callers


def _admitted(objects: Objects) -> Mapping[tuple[str | None, str], set[str]]:
    """Return `principal on port` of all whom policies admit by name, by Deployment."""
    callers: dict[tuple[str | None, str], set[str]] = {}
    for policy in _allow_policies(objects):
        admits = {
            _on_port(principal, port)
            for rule in _rules(policy)
            for principal in _principals(rule)
            for port in _ports(rule)
        }
        for deployment in objects.selected_by(policy):
            callers.setdefault((namespace(deployment), name(deployment)), set()).update(admits)
    return callers


def _open_to_everyone(objects: Objects) -> list[Finding]:
    """Find rules that ask for no identity, on any port but that of the metrics."""
    return [
        Finding(
            RULE,
            objects.subject(policy),
            f"{title(policy)} admits everyone on {' and '.join(ports)}",
            f"Only the metrics port ({METRICS_PORT}) answers a caller without an identity.",
            "Name the callers in from.source.principals.",
        )
        for policy in _allow_policies(objects)
        for rule in _rules(policy)
        if not _principals(rule) and (ports := _ports(rule)) != [str(METRICS_PORT)]
    ]


def _allow_policies(objects: Objects) -> Iterator[Manifest]:
    for policy in objects.of_kind("AuthorizationPolicy"):
        if (text(policy, "spec", "action") or "ALLOW") == "ALLOW":
            yield policy


def _rules(policy: Manifest) -> list[Mapping[str, Any]]:
    return rows(policy, "spec", "rules")


def _principals(rule: Mapping[str, Any]) -> list[str]:
    """Return the identities that a rule asks for; none where one of its sources asks for no identity."""
    sources = [words(one, "source", "principals") for one in rows(rule, "from")]
    return [principal for source in sources for principal in source] if all(sources) else []


def _ports(rule: Mapping[str, Any]) -> list[str]:
    """Return the ports that a rule is about; `every port` where one of its operations names none."""
    operations = [words(one, "operation", "ports") for one in rows(rule, "to")]
    return [port for ports in operations for port in ports] if operations and all(operations) else ["every port"]


def _on_port(principal: str, port: str) -> str:
    return f"{principal} on {port}"


def _finding(workload: Workload, value: str) -> Finding:
    return Finding(RULE, workload.name, value, "The mesh admits exactly the callers that the specs declare.", _REMEDY)
