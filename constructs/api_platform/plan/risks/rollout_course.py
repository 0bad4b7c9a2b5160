"""How new pods replace old ones: how many at a time, and how long it takes at most."""

import math
from dataclasses import dataclass

from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects
from api_platform.rules.pods import containers, pod
from api_platform.rules.rollouts import Exchange, exchange, probe_seconds
from api_platform.rules.values import table, text, whole


@dataclass(frozen=True)
class RolloutCourse:
    """One Deployment's rollout at one count of replicas."""

    replicas: int
    step: Exchange
    seconds: int
    """At most until the last new pod is available, if no pod has to wait for a node."""
    grace_seconds: int
    """So long at most an old pod goes on after that."""


def rollout_courses(objects: Objects, deployment: Manifest) -> tuple[RolloutCourse, RolloutCourse]:
    """Return the course at the fewest replicas that the workload may have, and at the most."""
    least, most = replicas(by_deployment(objects), deployment)
    return _course(deployment, least), _course(deployment, most)


def _course(deployment: Manifest, count: int) -> RolloutCourse:
    given = whole(pod(deployment), "terminationGracePeriodSeconds")
    grace = 30 if given is None else given
    ready = _startup_seconds(deployment) + (whole(deployment, "spec", "minReadySeconds") or 0)
    step = exchange(deployment, count)
    if text(deployment, "spec", "strategy", "type") == "Recreate":
        return RolloutCourse(count, step, grace + ready, 0)
    return RolloutCourse(count, step, math.ceil(count / step.at_a_time) * ready, grace)


def _startup_seconds(deployment: Manifest) -> int:
    """Return how long a pod may take until it is Ready: its slowest container's probe decides, or nothing does."""
    return max(
        (probe_seconds(table(one, "startupProbe") or table(one, "readinessProbe")) for one in containers(deployment)),
        default=0,
    )
