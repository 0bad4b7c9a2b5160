"""As many replicas as it may have, and it wants more or no fewer."""

from api_platform.runbooks.looks import AUTOSCALER, PODS, QUEUE, SCALED_OBJECT, TOP, UNDO_THE_RELEASE
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut

RUNBOOK = Runbook(
    alert="AutoscalerAtMaximum",
    says="The autoscaler wants its maximum of replicas, or has reached it, and cannot grow with the load any more.",
    noticed="Nothing yet, as long as the load stays. If it grows, answers get slower and queues longer.",
    limit=AlertLimit("maximum", lambda one: str(one.workload.scaling.maximum) if one.workload else ""),
    looks=(AUTOSCALER, TOP, PODS, SCALED_OBJECT, QUEUE),
    ways_out=(
        WayOut(
            "the load is real",
            "Raise the maximum: `[replicas.<workload>]`, `maximum` in the environment file, then deploy. The quota "
            "follows by itself; `maximum` of the node group may have to follow too, and so may what it calls: the "
            "database's connections, above all.",
        ),
        WayOut(
            "the load is not real",
            "Find who sends it (the board's requests, the gateway's log) and stop it there.",
        ),
        UNDO_THE_RELEASE,
        WayOut(
            "pods are `Pending`",
            "More replicas help nobody as long as there is no node for them: raise the node group.",
        ),
        WayOut(
            "CPU is low and memory high",
            "It scales on memory, which never falls again in some runtimes: raise `memory` in its spec.",
        ),
    ),
)
