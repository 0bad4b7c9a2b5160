"""How many pods a rollout exchanges at a time, and how long a probe lets them start."""

from typing import Any

import pytest

from api_platform.rules.rollouts import Exchange, exchange, probe_seconds


def a_deployment(rolling: Any) -> Any:
    return {"spec": {"strategy": {"rollingUpdate": rolling}}}


@pytest.mark.parametrize(
    ("replicas", "rolling", "surge", "missing"),
    [
        (10, {"maxSurge": "25%", "maxUnavailable": 0}, 3, 0),  # rounded up
        (10, {"maxSurge": 0, "maxUnavailable": "25%"}, 0, 2),  # rounded down
        (10, {"maxSurge": 1, "maxUnavailable": "25%"}, 1, 2),
        (8, {"maxSurge": 1, "maxUnavailable": "25%"}, 1, 2),  # nothing to round
        (3, {"maxSurge": 0, "maxUnavailable": "25%"}, 0, 1),  # one goes at the least
        (3, {"maxSurge": 1, "maxUnavailable": "25%"}, 1, 0),
        (10, {}, 3, 2),  # Kubernetes' own defaults
        (1, {"maxSurge": 1, "maxUnavailable": 0}, 1, 0),
    ],
)
def test_shares_are_rounded_as_kubernetes_does(replicas: int, rolling: Any, surge: int, missing: int) -> None:
    """Its deployment controller: ResolveFenceposts."""
    assert exchange(a_deployment(rolling), replicas) == Exchange(surge, missing)


def test_all_pods_at_once_where_the_strategy_says_so() -> None:
    assert exchange({"spec": {"strategy": {"type": "Recreate"}}}, 7) == Exchange(0, 7)


@pytest.mark.parametrize(
    ("probe", "seconds"),
    [
        ({}, 0),
        ({"httpGet": {}}, 30),
        ({"initialDelaySeconds": 5, "periodSeconds": 5, "failureThreshold": 4}, 25),
    ],
)
def test_a_probe_gives_up_after_its_delay_and_its_attempts(probe: Any, seconds: int) -> None:
    assert probe_seconds(probe) == seconds
