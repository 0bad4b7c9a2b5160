"""What selects pods by label selects those of one workload: its own."""

from collections.abc import Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace, pod_selector, title
from api_platform.service import Service

RULE = rule_name(__name__)
_KINDS = ("AuthorizationPolicy", "Deployment", "NetworkPolicy", "PeerAuthentication", "Service", "Sidecar")
"""Not PodDisruptionBudget: `one-budget-per-workload` has it."""


def selectors_match_one_workload(
    environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a selector that selects nobody's pods, or those of several workloads.

    Nothing else tells: a Service without pods answers 503, a policy without pods protects none, and a selector that is
    too wide mixes workloads. An object that is meant for the whole namespace has an empty selector, or none.
    """
    findings = []
    for one in objects.of_kind(*_KINDS):
        selector = pod_selector(one)
        if namespace(one) != names.namespace_name(environment) or not selector:
            continue
        selected = [name(deployment) for deployment in objects.selected_by(one)]
        if len(selected) != 1:
            findings.append(
                Finding(
                    RULE,
                    objects.subject(one),
                    f"{title(one)} selects the pods of {', '.join(selected) or 'no workload'}",
                    "A selector that is not empty selects the pods of exactly one workload.",
                    "Use the workload's selector labels.",
                )
            )
    return findings
