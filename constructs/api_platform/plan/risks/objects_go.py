"""Objects are deleted, or nobody cares for them any more."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.risks.risk import Danger, Risk


def objects_go(changes: DeployChanges) -> list[Risk]:
    """Find objects that a deploy deletes, and those that it leaves behind in a stack or a cluster."""
    left = set(changes.left_stacks)
    risks = []
    for change in changes.objects:
        path = changes.before.path_of(change.before.stack) if change.before else ""
        if change.action is Action.DELETE:
            risks.append(Risk(Danger.REMOVES, str(change.key), "is deleted", _consequence(change.key.kind)))
        elif change.action is Action.LEAVE and path not in left:  # those of whole stacks: `stacks_are_left`
            risks.append(
                Risk(
                    Danger.REMOVES,
                    str(change.key),
                    "is left behind",
                    "Nothing declares it any more, and no deploy deletes it: it goes on as it is.",
                    f"kubectl delete {_words(change.key.kind, change.key.namespace, change.key.name)}",
                )
            )
    return risks


def _words(kind: str, namespace: str | None, name: str) -> str:
    return f"{kind.lower()} {name}" + (f" --namespace {namespace}" if namespace else "")


def _consequence(kind: str) -> str:
    return _CONSEQUENCES.get(kind, "It is gone once the stack is deployed.")


_CONSEQUENCES = {
    "ConfigMap": "Pods that read it and start after that do not start.",
    "Deployment": "Its pods end, after their grace period.",
    "HorizontalPodAutoscaler": "The workload keeps the replicas that it has at that moment.",
    "Namespace": "Everything in it is deleted with it.",
    "PodDisruptionBudget": "A node drain may end all pods at once.",
    "ScaledObject": "KEDA deletes its autoscaler; the workload keeps the replicas that it has at that moment.",
    "Service": "Its name no longer resolves: callers fail.",
    "ServiceAccount": "Pods that run under it lose their AWS role, and new ones do not start.",
}
