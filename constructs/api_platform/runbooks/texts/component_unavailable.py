"""A part of the ground is gone."""

from api_platform.runbooks.looks import COMPONENT_EVENTS, COMPONENT_LOG, COMPONENT_PODS, NODES
from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut


def _minutes(one: Occurrence) -> str:
    return f"{one.minutes} minutes"


RUNBOOK = Runbook(
    alert="ComponentUnavailable",
    says="No pod of the component is available, or its Deployment is gone.",
    noticed=(
        "Without the gateway: every call from the world is refused, and nothing else may say so. Without istiod: no "
        "pod of the mesh can start, so that nothing scales and nothing heals. Without the others: nothing at first."
    ),
    limit=AlertLimit("fires after", _minutes),
    looks=(
        COMPONENT_PODS,
        Look(
            "kubectl describe deployment -n $component_namespace $component",
            {
                "`not found`": "somebody deleted it, or its Helm release",
                "`0 desired`": "somebody scaled it to zero",
                "`ReplicaFailure`": "its pods are refused: the message says by what",
            },
        ),
        COMPONENT_EVENTS,
        COMPONENT_LOG,
        NODES,
    ),
    ways_out=(
        WayOut(
            "its Deployment is gone or scaled to zero",
            "Scale it up, or deploy the stack `add-ons` again.",
            ("kubectl scale deployment -n $component_namespace $component --replicas=2",),
        ),
        WayOut(
            "no node takes its pods",
            "Raise `maximum` of the node group `system` in the environment file, or free a node: delete pods of lower "
            "priority.",
        ),
        WayOut(
            "it crashes since its release was upgraded",
            "Go back to the commit before, and deploy `add-ons`.",
        ),
        WayOut(
            "istiod is gone, and pods wait for it",
            "Mend istiod alone: they are created within minutes of its return. Delete no pod that runs.",
        ),
    ),
)
