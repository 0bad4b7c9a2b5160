"""Containers that end and come back."""

from api_platform.runbooks.looks import DESCRIBE, EVENTS, PODS, PREVIOUS_LOG, TOP, UNDO_THE_RELEASE
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut

RUNBOOK = Runbook(
    alert="ContainerRestarts",
    says="The workload's own containers, over all of its pods, restarted more than twice in 15 minutes.",
    noticed="A few failed calls each time, or none; a job that is cut off starts again from its beginning.",
    limit=AlertLimit("memory limit", lambda one: str(one.workload.resources.memory_limit) if one.workload else ""),
    looks=(PODS, DESCRIBE, PREVIOUS_LOG, TOP, EVENTS),
    ways_out=(
        UNDO_THE_RELEASE,
        WayOut(
            "`OOMKilled`",
            "Raise `memory` and `memory_limit` in its spec. If memory grows for hours at the same load, it leaks: more "
            "of it only buys time.",
        ),
        WayOut(
            "`Liveness probe failed`",
            "`/health` must not wait for dependencies. If it does not, the process hangs or has too little CPU.",
        ),
        WayOut("`Startup probe failed`", "Raise `startup_attempts` in its spec: 5 seconds each."),
    ),
)
