"""How many pods of a workload a node drain may take at a time."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.environment import Environment
from api_platform.kubernetes.metadata import workload_metadata
from api_platform.labels import selector_labels
from api_platform.service import MaxUnavailable, MinAvailable, Service, Workload


def disruption_budget(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> k8s.KubePodDisruptionBudget:
    """Create the budget. A pod that is not ready may always go: it serves nobody, and else it could hold up a drain."""
    budget = workload.budget
    return k8s.KubePodDisruptionBudget(
        scope,
        f"pod-disruption-budget-{workload.name}",
        metadata=workload_metadata(environment, service, workload),
        spec=k8s.PodDisruptionBudgetSpec(
            selector=k8s.LabelSelector(match_labels=selector_labels(workload)),
            min_available=k8s.IntOrString.from_number(budget.pods) if isinstance(budget, MinAvailable) else None,
            max_unavailable=k8s.IntOrString.from_number(budget.pods) if isinstance(budget, MaxUnavailable) else None,
            unhealthy_pod_eviction_policy="AlwaysAllow",
        ),
    )
