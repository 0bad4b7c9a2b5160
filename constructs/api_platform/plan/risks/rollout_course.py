"""How new pods replace old ones: how many at a time, and how long it takes at most."""

import math
from dataclasses import dataclass

from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects
from api_platform.rules.pods import containers, pod
from api_platform.rules.values import share, table, text, whole

_DEFAULT_SHARE = "25%"
"""What Kubernetes takes for a surge or an unavailability that is not given."""


@dataclass(frozen=True)
class RolloutCourse:
    """One Deployment's rollout at one count of replicas."""

    replicas: int
    surge: int
    """Pods more than wanted."""
    missing: int
    """Pods fewer than wanted."""
    seconds: int
    """At most until the last new pod is available, if no pod has to wait for a node."""
    grace_seconds: int
    """So long at most an old pod goes on after that."""

    @property
    def at_a_time(self) -> int:
        """Return how many pods change together."""
        return max(1, self.surge + self.missing)


def rollout_courses(objects: Objects, deployment: Manifest) -> tuple[RolloutCourse, RolloutCourse]:
    """Return the course at the fewest replicas that the workload may have, and at the most."""
    least, most = replicas(by_deployment(objects), deployment)
    return _course(deployment, least), _course(deployment, most)


def _course(deployment: Manifest, count: int) -> RolloutCourse:
    strategy = table(deployment, "spec", "strategy")
    grace = whole(pod(deployment), "terminationGracePeriodSeconds")
    grace = 30 if grace is None else grace
    ready = _startup_seconds(deployment) + (whole(deployment, "spec", "minReadySeconds") or 0)
    if text(strategy, "type") == "Recreate":
        return RolloutCourse(count, 0, count, grace + ready, 0)
    rolling = table(strategy, "rollingUpdate")
    surge = share(rolling.get("maxSurge", _DEFAULT_SHARE), count) or 0
    given = rolling.get("maxUnavailable", _DEFAULT_SHARE)
    missing = share(given, count) or 0
    if isinstance(given, str) and surge:  # Kubernetes rounds this one down
        missing = math.floor(count * float(given.rstrip("%") or 0) / 100)
    batches = math.ceil(count / max(1, surge + missing))
    return RolloutCourse(count, surge, missing, batches * ready, grace)


def _startup_seconds(deployment: Manifest) -> int:
    """Return how long a pod may take until it is Ready: its slowest container's probe decides, or nothing does."""
    return max(
        (_probe_seconds(table(one, "startupProbe") or table(one, "readinessProbe")) for one in containers(deployment)),
        default=0,
    )


def _probe_seconds(probe: Manifest) -> int:
    """Return how long a probe may fail before it gives up; Kubernetes' own defaults where it says nothing."""
    if not probe:
        return 0
    delay, period, failures = (
        whole(probe, key) for key in ("initialDelaySeconds", "periodSeconds", "failureThreshold")
    )
    return (delay or 0) + (period or 10) * (failures or 3)
