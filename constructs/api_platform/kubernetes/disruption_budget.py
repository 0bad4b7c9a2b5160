"""How many pods of a workload a node drain may take at a time."""

from typing import assert_never

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.context import WorkloadContext
from api_platform.service import Budget, MaxUnavailable, MinAvailable


def disruption_budget(scope: Construct, context: WorkloadContext) -> k8s.KubePodDisruptionBudget:
    """Create the budget. A pod that is not ready may always go: it serves nobody, and else it could hold up a drain."""
    return k8s.KubePodDisruptionBudget(
        scope,
        f"pod-disruption-budget-{context.name}",
        metadata=context.metadata(),
        spec=k8s.PodDisruptionBudgetSpec(
            selector=k8s.LabelSelector(match_labels=context.selector_labels),
            **_bound(context.workload.budget),
            unhealthy_pod_eviction_policy="AlwaysAllow",
        ),
    )


def _bound(budget: Budget) -> dict[str, k8s.IntOrString]:
    pods = k8s.IntOrString.from_number(budget.pods)
    match budget:
        case MinAvailable():
            return {"min_available": pods}
        case MaxUnavailable():
            return {"max_unavailable": pods}
        case _:
            assert_never(budget)
