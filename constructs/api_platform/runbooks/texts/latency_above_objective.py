"""Answers come too late."""

from api_platform.runbooks.looks import AUTOSCALER, GATEWAY_ENDPOINTS, LOGS, PROXY_LOG, ROLLOUT, TOP, UNDO_THE_RELEASE
from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut


def _objective(one: Occurrence) -> str:
    exposure = one.workload.exposure if one.workload else None
    return f"{exposure.objectives.p95_latency_milliseconds} ms" if exposure else ""


RUNBOOK = Runbook(
    alert="LatencyAboveObjective",
    says="In the last five minutes, 5 of 100 requests took longer than the objective, by the workload's own proxy.",
    noticed="Slow answers, and later on timeouts of those who wait for them.",
    limit=AlertLimit("objective", _objective),
    looks=(TOP, AUTOSCALER, ROLLOUT, LOGS, PROXY_LOG, GATEWAY_ENDPOINTS),
    ways_out=(
        UNDO_THE_RELEASE,
        WayOut(
            "CPU is at its limit",
            "Raise `cpu_limit` in its spec, or lower `cpu_percent`, so that it scales earlier.",
        ),
        WayOut(
            "it scales, and more slowly than the load grows",
            "By default at most half as many again, and ten pods, a minute: raise `behavior` or `minimum` in its spec.",
        ),
        WayOut(
            "CPU is low",
            "It waits for something: a callee (its own runbook), the database, the cache. A trace shows which.",
        ),
        WayOut(
            "the objective is wrong",
            "What one kind of request always takes is no incident: state it in `objectives` of its spec.",
        ),
    ),
)
