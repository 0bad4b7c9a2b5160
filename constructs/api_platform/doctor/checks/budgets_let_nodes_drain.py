"""Every disruption budget lets a pod go while all of them are well, so that nodes can be drained."""

from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import pods
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, title
from api_platform.rules.values import at, text, whole
from api_platform.service import Workload

CHECK = check_name(__name__)
_RULE: Final = "budget-leaves-room-to-drain"


def budgets_let_nodes_drain(seen: Observation) -> list[Diagnosis]:
    """Find budgets that allow nothing although every pod is well: a drain waits for ever.

    Where the spec accepts that, with its reason, it is found only while a node that is being drained waits for it.
    """
    found = []
    for workload, deployment in seen.deployments():
        budget = seen.objects.find("PodDisruptionBudget", seen.namespace, workload.name) or {}
        healthy, wanted = whole(budget, "status", "currentHealthy"), whole(budget, "status", "desiredHealthy")
        expected = whole(budget, "status", "expectedPods") or 0
        allowed = whole(budget, "status", "disruptionsAllowed")
        if allowed != 0 or healthy is None or wanted is None or not 0 < expected <= healthy:
            continue  # where pods are not well, the budget does what it is there for, and others say what ails them
        waiting = _draining_nodes(seen, deployment)
        accepted = workload.acknowledged.get(_RULE)
        if waiting or not accepted:
            why = f"{wanted} of its {expected} pods must stay, so none may be evicted."
            if waiting:
                why += f" Being drained, and waiting for it: {', '.join(waiting)}."
            found.append(
                Diagnosis(
                    CHECK,
                    workload.name,
                    title(budget),
                    "it lets no pod go, and node drains wait",
                    why,
                    seen.kubectl(f"describe pdb {name(budget)}"),
                    accepted or _remedy(workload),
                )
            )
    return found


def _draining_nodes(seen: Observation, deployment: Manifest) -> list[str]:
    cordoned = {name(node) for node in seen.objects.of_kind("Node") if at(node, "spec", "unschedulable") is True}
    return sorted(cordoned & {text(pod, "spec", "nodeName") for pod in pods(seen, deployment)})


def _remedy(workload: Workload) -> str:
    return f"Give {workload.name} a replica more for the drain, or raise scaling.minimum in its spec for good."
