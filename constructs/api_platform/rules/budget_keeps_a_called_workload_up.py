"""A drain leaves a workload that is called at least one pod, wherever it has more than one."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.values import at, share
from api_platform.service import Service

RULE = rule_name(__name__)


def budget_keeps_a_called_workload_up(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse `maxUnavailable` of all replicas: the upgrade of a node group could take every pod at one time.

    A single replica cannot be kept up, and workers need not be: their queue waits for them.
    """
    scaled = by_deployment(objects)
    unavailable = {
        (namespace(deployment), name(deployment)): at(budget, "spec", "maxUnavailable")
        for budget in objects.of_kind("PodDisruptionBudget")
        for deployment in objects.selected_by(budget)
    }
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        minimum, _ = replicas(scaled, deployment)
        gone = share(unavailable.get((namespace(deployment), name(deployment))), minimum)
        if workload.exposure and gone is not None and gone >= minimum > 1:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"maxUnavailable {gone} of {minimum} replicas at the least: all may be evicted at one time",
                    "A drain leaves a workload that is called at least one pod.",
                    f"Give the workload budget=MaxUnavailable(pods={minimum - 1}) or less, or raise scaling.minimum.",
                )
            )
    return findings
