"""A deployment waits for each rollout so long and no longer: what it waits for can have happened by then."""

import math
from collections.abc import Iterator, Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import Autoscalers, by_deployment, replicas
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.pods import main_container
from api_platform.rules.rollouts import exchange, probe_seconds
from api_platform.rules.values import table, whole
from api_platform.service import Service
from api_platform.service.rollout import GATE_SECONDS, LATEST_DEADLINE_SECONDS

RULE = rule_name(__name__)
_DEFAULT_DEADLINE_SECONDS = 600


def rollouts_fit_their_gate(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a rollout that cannot end in time though all pods start at once, and one that is given up in no time.

    The deployment would fail and be rolled back, in the hour of the highest load: at the maximum.
    """
    scaled = by_deployment(objects)
    return [
        Finding(
            RULE,
            workload.name,
            value,
            f"A deployment waits {GATE_SECONDS} s for a rollout; Kubernetes gives one up within "
            f"{LATEST_DEADLINE_SECONDS} s, and not before its slowest start.",
            remedy,
        )
        for workload, deployment in objects.deployments(environment, services)
        for value, remedy in (*_length(deployment, scaled), *_deadline(deployment))
    ]


def _length(deployment: Manifest, scaled: Autoscalers) -> Iterator[tuple[str, str]]:
    """Yield a rollout that is too long: each batch of pods must stay ready before the next one starts."""
    _, maximum = replicas(scaled, deployment)
    stay = whole(deployment, "spec", "minReadySeconds") or 0
    batches = math.ceil(maximum / exchange(deployment, maximum).at_a_time)
    if batches * stay > GATE_SECONDS:
        yield (
            f"{batches} batches to {maximum} replicas, of {stay} s each",
            "Lower minReadySeconds, raise maxSurge, or lower the maximum.",
        )


def _deadline(deployment: Manifest) -> Iterator[tuple[str, str]]:
    """Yield a deadline by which nothing can be told: after the gate's own end, or before a good pod has started."""
    given = whole(deployment, "spec", "progressDeadlineSeconds")
    deadline = _DEFAULT_DEADLINE_SECONDS if given is None else given
    probe = table(main_container(deployment), "startupProbe")
    start = probe_seconds(probe) + (whole(deployment, "spec", "minReadySeconds") or 0) if probe else 0
    if not start < deadline <= LATEST_DEADLINE_SECONDS:
        yield (
            f"progressDeadlineSeconds {deadline}; a start may take {start} s",
            "Lower startup_attempts, and let the deadline follow from it (kubernetes/deployment.py).",
        )
