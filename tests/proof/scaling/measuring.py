"""A measured workload: the API, on its policy's own curve, by default."""

from dataclasses import replace
from typing import Any

from api_platform.proof.scaling.measured import Backlog, Measured
from eks_twin.measure.behavior import Behavior, Policy, Rules
from eks_twin.measure.curve import curve
from eks_twin.measure.steps import Steps

UP = Rules((Policy("Percent", 50, 60), Policy("Pods", 10, 60)), "Min")
DOWN = Rules((Policy("Percent", 10, 60),), "Max", 300)


def behavior(minimum: int = 3, maximum: int = 100) -> Behavior:
    """Return the platform's policy between these numbers."""
    return Behavior(UP, DOWN, minimum, maximum)


def measured(**changes: Any) -> Measured:
    """Return the API, in demand for 900 of 3000 seconds, and as fast as it might be."""
    return replace(
        Measured(
            workload="api-service",
            measure="CPU",
            behavior=behavior(),
            replicas=Steps([(-30.0, 3), *on_curve(behavior(), 900).points]),
            ready=on_curve(behavior(), 900),
            relieved=900,
            end=3000,
            sync=15,
        ),
        **changes,
    )


def worker(**changes: Any) -> Measured:
    """Return a worker of 1 to 10 replicas under a burst of 28 messages that is worked off in 20 minutes."""
    depth = Steps([(0, 28), (600, 10), (1200, 0)])
    backlog = Backlog(sent=28, messages_per_pod=2, job_seconds=300, depth=depth)
    mine = behavior(1, 10)
    alone = measured(workload="data-export", measure="queue depth", behavior=mine, backlog=backlog, relieved=3000)
    return replace(replace(alone, replicas=alone.curve, ready=alone.curve), **changes)


def on_curve(mine: Behavior, until: float) -> Steps:
    """Return the exact curve under a load that asks for the maximum until this second."""
    return curve(mine, mine.minimum, lambda moment, _: mine.maximum if moment <= until else mine.minimum, range(3001))
