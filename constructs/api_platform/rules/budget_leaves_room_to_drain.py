"""At the autoscaler's minimum, a disruption budget lets at least one pod be evicted."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.values import at, share, table
from api_platform.service import Service

RULE = rule_name(__name__)


def budget_leaves_room_to_drain(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a budget that lets nothing go: a node drain, and with it every node upgrade, would wait for ever."""
    scaled = by_deployment(objects)
    findings = []
    for budget in objects.of_kind("PodDisruptionBudget"):
        for deployment in objects.selected_by(budget):
            minimum, _ = replicas(scaled, deployment)
            evictable = _evictable(table(budget, "spec"), minimum)
            if evictable is not None and evictable < 1:
                findings.append(
                    Finding(
                        RULE,
                        objects.subject(deployment),
                        f"{_bound(table(budget, 'spec'))} of {minimum} replicas at the least: none may be evicted",
                        "At the autoscaler's minimum at least one pod may be evicted, or a node drain waits for ever.",
                        "Raise scaling.minimum, or give the workload budget=MaxUnavailable(pods=1). If it must stay "
                        "so, acknowledge it in the spec with the way to drain.",
                    )
                )
    return findings


def _evictable(budget: Mapping[str, Any], minimum: int) -> int | None:
    """Return how many of the `minimum` replicas may go; None where the budget has no bound that can be read.

    Percentages are rounded up, as the disruption controller does.
    """
    kept, gone = share(budget.get("minAvailable"), minimum), share(budget.get("maxUnavailable"), minimum)
    bounds = [] if kept is None else [minimum - kept]
    bounds += [] if gone is None else [gone]
    return min(bounds, default=None)


def _bound(budget: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {at(budget, key)}" for key in ("minAvailable", "maxUnavailable") if key in budget)
