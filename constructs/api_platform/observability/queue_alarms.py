"""Alarms on a worker's queue, as plain data: the stacks make CloudWatch alarms of them."""

from dataclasses import dataclass
from typing import Literal

from api_platform.environment import ChartEnvironment
from api_platform.observability.alert import runbook_url
from api_platform.service import Workload

QueueMetric = Literal["age", "dead-letters"]
"""age: seconds that the oldest message has waited. dead-letters: messages that were given up."""


@dataclass(frozen=True)
class QueueAlarm:
    """One alarm: it rings while the metric's highest value of five minutes is above the threshold."""

    name: str
    """As an alert's name: in PascalCase."""
    metric: QueueMetric
    threshold: int
    """Seconds for the age, messages for dead letters."""
    description: str
    """What it says, and where its runbook is."""


def queue_alarms(environment: ChartEnvironment, workload: Workload) -> tuple[QueueAlarm, ...]:
    """Return the alarms of the queue that the workload consumes; none for one that consumes none."""
    if workload.consumer is None:
        return ()
    return (
        _alarm(
            environment,
            "MessageWaitsTooLong",
            "age",
            2 * workload.visibility_seconds,
            f"A message waits for {workload.name} as long as two attempts at the longest job take.",
        ),
        _alarm(
            environment,
            "DeadLetters",
            "dead-letters",
            0,
            f"{workload.name} failed on a message for good; it is in its dead-letter queue.",
        ),
    )


def _alarm(environment: ChartEnvironment, name: str, metric: QueueMetric, threshold: int, says: str) -> QueueAlarm:
    return QueueAlarm(name, metric, threshold, f"{says} Runbook: {runbook_url(environment, name)}")
