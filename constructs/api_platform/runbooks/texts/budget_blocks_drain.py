"""No pod may be evicted, and for long."""

from api_platform.runbooks.looks import BUDGET, DESCRIBE, NODES, PODS
from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut
from api_platform.service import MaxUnavailable, MinAvailable


def _budget(one: Occurrence) -> str:
    if one.workload is None:
        return ""
    match one.workload.budget:
        case MinAvailable(pods=pods):
            return f"{pods} stay"
        case MaxUnavailable(pods=pods):
            return f"{pods} may go"


RUNBOOK = Runbook(
    alert="BudgetBlocksDrain",
    says="The PodDisruptionBudget lets no pod be evicted, though there are healthy ones.",
    noticed="Nothing. But a node that runs such a pod cannot be drained, so upgrades of nodes and of the cluster wait.",
    limit=AlertLimit("budget", _budget),
    looks=(BUDGET, PODS, DESCRIBE, NODES),
    ways_out=(
        WayOut(
            "some pods are not ready",
            "Mend those, by the looks above: the budget counts only ready ones, and lets go of one again after that.",
        ),
        WayOut(
            "a worker runs at its fewest, and the budget keeps all of them",
            "Give it one more for the time of the drain: annotate its ScaledObject, drain, remove the annotation.",
            (
                "kubectl annotate scaledobject -n $namespace $workload autoscaling.keda.sh/paused-replicas=2",
                "kubectl annotate scaledobject -n $namespace $workload autoscaling.keda.sh/paused-replicas-",
            ),
        ),
        WayOut(
            "another workload runs at its fewest, and the budget keeps all of them",
            "Raise its `minimum`, or lower its budget, in its spec. `api-platform check` names such a pair.",
        ),
    ),
)
