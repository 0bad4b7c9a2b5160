"""Nothing of the workload is left."""

from api_platform.runbooks.looks import DESCRIBE, EVENTS, PODS, PREVIOUS_LOG, ROLLOUT, UNDO_THE_RELEASE
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut
from api_platform.service import MESSAGES_KEPT_DAYS

RUNBOOK = Runbook(
    alert="NoReplicaAvailable",
    says="The Deployment has not one available replica.",
    noticed=(
        "Every call fails at once with 503 (`no healthy upstream`). Of a worker nothing is noticed at first: its "
        f"messages wait, and none is lost for {MESSAGES_KEPT_DAYS} days."
    ),
    limit=AlertLimit("replicas at the least", lambda one: str(one.workload.scaling.minimum) if one.workload else ""),
    looks=(
        PODS,
        DESCRIBE,
        EVENTS,
        PREVIOUS_LOG,
        ROLLOUT,
        Look(
            "kubectl get externalsecrets -n $namespace",
            {"`READY False`": "the secret is missing in Secrets Manager, or its reader's role may not read it"},
        ),
    ),
    ways_out=(
        UNDO_THE_RELEASE,
        WayOut(
            "the image cannot be pulled",
            "Push the one that the environment file names, or release a tag that exists.",
        ),
        WayOut(
            "no node takes the pods",
            "Raise `maximum` of the node group in the environment file, or free nodes: pods of a lower priority go "
            "first.",
        ),
        WayOut(
            "the quota is used up",
            "It is sized for this platform's own workloads at their maxima: remove what else runs in the namespace.",
            ("kubectl describe resourcequota -n $namespace",),
        ),
        WayOut("somebody scaled it to zero", "Deploy again; the autoscaler takes over from one replica."),
    ),
)
