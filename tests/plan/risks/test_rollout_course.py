from typing import Any

import pytest

from api_platform.plan.risks.rollout_course import rollout_courses
from api_platform.rules.objects import Objects
from tests.rules.platform import a_platform


def course(replicas: int, rolling: Any, probe: Any = None, **spec: Any) -> tuple[int, int, int]:
    """Return surge, missing and seconds of a Deployment without an autoscaler."""
    platform = a_platform()
    platform.remove("HorizontalPodAutoscaler", "orders")
    deployment = platform.one("Deployment", "orders")
    deployment["spec"] |= {"replicas": replicas, **spec}
    deployment["spec"]["strategy"] = {"rollingUpdate": rolling}
    platform.container("orders")["startupProbe"] = probe or {}
    _, most = rollout_courses(Objects(platform.objects), deployment)
    return most.surge, most.missing, most.seconds


@pytest.mark.parametrize(
    ("replicas", "rolling", "surge", "missing"),
    [
        (10, {"maxSurge": "25%", "maxUnavailable": 0}, 3, 0),  # rounded up
        (10, {"maxSurge": 0, "maxUnavailable": "25%"}, 0, 3),  # Kubernetes gives one pod at the least
        (10, {"maxSurge": 1, "maxUnavailable": "25%"}, 1, 2),  # rounded down
        (10, {}, 3, 2),  # Kubernetes' own defaults
        (1, {"maxSurge": 1, "maxUnavailable": 0}, 1, 0),
    ],
)
def test_shares_are_rounded_as_kubernetes_does(replicas: int, rolling: Any, surge: int, missing: int) -> None:
    assert course(replicas, rolling)[:2] == (surge, missing)


def test_each_batch_may_take_as_long_as_its_probe_allows() -> None:
    probe = {"initialDelaySeconds": 5, "periodSeconds": 5, "failureThreshold": 3}
    *_, seconds = course(8, {"maxSurge": "25%", "maxUnavailable": 0}, probe, minReadySeconds=10)
    assert seconds == 4 * (5 + 15 + 10)
