"""How long a rollout may take: what specs, Deployments, rules and the gates of a deployment agree on."""

from api_platform.errors import InputError

CONTEXT_KEY = "rollout-wait-seconds"
"""Shortens the wait for one run: `cdk deploy -c rollout-wait-seconds=120`."""
_LEAST_GATE_SECONDS = 30
GATE_SECONDS = 840
"""So long a deployment waits for one workload at the most: Lambda stops a function after 15 minutes."""
SEES = "Observed"
"""Begins the id of a workload's first gate, which waits until Kubernetes has seen the change."""
WAITS = "Rollout"
"""Begins the id of its second gate, which waits until its rollout is done or given up."""
LOOKS = "RolledOut"
"""Begins the id of its third gate, which takes one look whether it is done."""
LATEST_DEADLINE_SECONDS = GATE_SECONDS - 20
"""By then Kubernetes must have given a dead rollout up: the gate looks every ten seconds, and must still see it."""
STARTUP_PERIOD_SECONDS = 5
"""From one start-up probe to the next."""
_LEAST_DEADLINE_SECONDS = 600
"""Kubernetes' own: a node that is ordered and a large image take their time, however fast the container starts."""
_BESIDE_SECONDS = 120
"""For what comes before the first probe (a place, the image) and after the last (the pod must stay ready)."""
MOST_STARTUP_ATTEMPTS = (LATEST_DEADLINE_SECONDS - _BESIDE_SECONDS) // STARTUP_PERIOD_SECONDS


def progress_deadline_seconds(startup_attempts: int) -> int:
    """Return when a rollout without progress is given up: never before the slowest start that the probe allows."""
    return max(_LEAST_DEADLINE_SECONDS, STARTUP_PERIOD_SECONDS * startup_attempts + _BESIDE_SECONDS)


def wait_seconds(given: object) -> int:
    """Return how long a gate waits that was asked for under CONTEXT_KEY. Raises InputError on what is not possible."""
    seconds = int(str(given)) if str(given).isdecimal() else 0
    if not _LEAST_GATE_SECONDS <= seconds <= GATE_SECONDS:
        raise InputError(
            f"context {CONTEXT_KEY!r}: {given!r} is no whole number from {_LEAST_GATE_SECONDS} to {GATE_SECONDS}. A "
            "rollout takes half a minute at the least, and Lambda stops waiting after 15. Leave it out, or write e.g. "
            "300."
        )
    return seconds
