"""Reads how new pods replace old ones: how many at a time, and how long a probe lets them start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api_platform.rules.finding import Manifest
from api_platform.rules.values import share, table, text, whole

_DEFAULT_SHARE = "25%"
"""What Kubernetes takes for a surge or an unavailability that is not given."""


@dataclass(frozen=True)
class Exchange:
    """How many pods a rollout exchanges at a time, at one count of replicas."""

    surge: int
    """Pods more than wanted."""
    missing: int
    """Pods fewer than wanted."""

    @property
    def at_a_time(self) -> int:
        """Return how many pods change together: one at the least."""
        return max(1, self.surge + self.missing)


def exchange(deployment: Manifest, replicas: int) -> Exchange:
    """Return what the Deployment's strategy comes to.

    As in Kubernetes: a share of surge is rounded up, one of what may be missing down, and one pod goes at the least.
    """
    strategy = table(deployment, "spec", "strategy")
    if text(strategy, "type") == "Recreate":
        return Exchange(0, replicas)
    rolling = table(strategy, "rollingUpdate")
    surge = share(rolling.get("maxSurge", _DEFAULT_SHARE), replicas) or 0
    given = rolling.get("maxUnavailable", _DEFAULT_SHARE)
    missing = share(given, replicas) or 0
    if missing and isinstance(given, str) and missing * 100 > replicas * int(given.rstrip("%")):
        missing -= 1  # share() has rounded up
    return Exchange(surge, missing if surge or missing else 1)


def probe_seconds(probe: Mapping[str, Any]) -> int:
    """Return how long a probe may fail before it gives up, with Kubernetes' own defaults; 0 for no probe."""
    if not probe:
        return 0
    delay, period, failures = (
        whole(probe, key) for key in ("initialDelaySeconds", "periodSeconds", "failureThreshold")
    )
    return (delay or 0) + (period or 10) * (failures or 3)
