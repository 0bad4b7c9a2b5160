from typing import Any

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
    return most.step.surge, most.step.missing, most.seconds


def test_each_batch_may_take_as_long_as_its_probe_allows() -> None:
    probe = {"initialDelaySeconds": 5, "periodSeconds": 5, "failureThreshold": 3}
    *_, seconds = course(8, {"maxSurge": "25%", "maxUnavailable": 0}, probe, minReadySeconds=10)
    assert seconds == 4 * (5 + 15 + 10)
