"""Every workload has one disruption budget of its own, and that has one bound."""

from collections import Counter
from collections.abc import Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import table
from api_platform.service import Service

RULE = rule_name(__name__)
_BOUNDS = ("minAvailable", "maxUnavailable")


def one_budget_per_workload(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a budget that spans workloads or has not exactly one bound, and a workload with none or several.

    No schema sees any of it: the API server refuses two bounds, and an eviction fails where two budgets meet.
    """
    findings = []
    covered: Counter[tuple[str | None, str]] = Counter()
    for budget in objects.of_kind("PodDisruptionBudget"):
        selected = objects.selected_by(budget)
        covered.update((namespace(one), name(one)) for one in selected)
        if len(selected) != 1:
            workloads = ", ".join(map(name, selected)) or "none"
            findings.append(
                Finding(
                    RULE,
                    objects.subject(budget),
                    f"{title(budget)} selects the pods of {len(selected)} workloads ({workloads})",
                    "A budget counts the pods of exactly one workload.",
                    "Let its selector be the workload's selector labels.",
                )
            )
        bounds = [bound for bound in _BOUNDS if table(budget, "spec").get(bound) is not None]
        if len(bounds) != 1:
            findings.append(
                Finding(
                    RULE,
                    objects.subject(budget),
                    f"{title(budget)} has {' and '.join(bounds) or 'no bound'}",
                    "A budget has exactly one of minAvailable and maxUnavailable; the API server refuses both.",
                    "Give the workload budget=MinAvailable(...) or budget=MaxUnavailable(...).",
                )
            )
    return findings + [
        Finding(
            RULE,
            workload.name,
            f"{times} budgets count its pods",
            "Each workload has exactly one: with none a drain takes all pods at once, with two no eviction succeeds.",
            "Render one PodDisruptionBudget for it.",
        )
        for workload, _ in objects.deployments(environment, services)
        if (times := covered[names.namespace_name(environment), workload.name]) != 1
    ]
