"""Work waits in a queue."""

from api_platform.runbooks.looks import AUTOSCALER, KEDA_LOG, LOGS, PODS, QUEUE, SCALED_OBJECT, UNDO_THE_RELEASE
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut
from api_platform.service import MAXIMUM_RECEIVES

RUNBOOK = Runbook(
    alert="MessageWaitsTooLong",
    says="The oldest message of the queue has waited as long as two attempts at the longest job would have taken.",
    noticed="Work that is ordered and does not come: media that are not processed, exports that do not arrive.",
    limit=AlertLimit("seconds", lambda one: str(2 * one.workload.visibility_seconds) if one.workload else ""),
    looks=(QUEUE, SCALED_OBJECT, AUTOSCALER, PODS, LOGS, KEDA_LOG),
    ways_out=(
        UNDO_THE_RELEASE,
        WayOut(
            "all replicas work, and there are as many as there may be", "Go on by the runbook of AutoscalerAtMaximum."
        ),
        WayOut(
            "KEDA cannot read the queue",
            "Deploy `platform` (its role) and the service's queues. As long as it is blind, the replicas stay as they "
            "are.",
        ),
        WayOut(
            "one message fails again and again",
            f"After {MAXIMUM_RECEIVES} attempts it goes to the dead-letter queue by itself. If none goes, jobs take "
            "longer than `longest_job_seconds` says: correct it in the spec.",
        ),
        WayOut(
            "its scaling is paused",
            "Let it go on.",
            ("kubectl annotate scaledobject -n $namespace $workload autoscaling.keda.sh/paused-replicas-",),
        ),
    ),
)
