from typing import Any

import pytest

from api_platform.kubernetes.autoscaler import autoscaler
from api_platform.service import ScalingBehavior, UtilizationScaling
from tests.kubernetes.pods import container_of
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

both_resources = pytest.mark.parametrize(("resource", "percent"), [("cpu", 70), ("memory", 80)])


def rendered(**changes: Any) -> Manifest:
    scaling = UtilizationScaling(**{"minimum": 3, "maximum": 100, **changes})
    workload = a_workload(name="orders", scaling=scaling)
    return object_of(
        lambda chart: autoscaler(
            chart, in_context(an_environment(name="staging"), a_service(workload), workload), scaling
        )
    )


def spec(**changes: Any) -> dict[str, Any]:
    return dict(rendered(**changes)["spec"])


def metric(resource: str, **changes: Any) -> dict[str, Any]:
    (found,) = (one for one in spec(**changes)["metrics"] if one["containerResource"]["name"] == resource)
    return dict(found)


def test_it_keeps_the_specs_bounds() -> None:
    assert (spec()["minReplicas"], spec()["maxReplicas"]) == (3, 100)


def test_it_scales_the_workloads_deployment() -> None:
    assert spec()["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"}


def test_it_goes_by_cpu_and_memory_and_nothing_else() -> None:
    assert [one["containerResource"]["name"] for one in spec()["metrics"]] == ["cpu", "memory"]


@both_resources
def test_it_keeps_its_target(resource: str, percent: int) -> None:
    target = metric(resource)["containerResource"]["target"]
    assert target == {"type": "Utilization", "averageUtilization": percent}


def test_a_spec_can_set_other_targets() -> None:
    own = {"cpu_percent": 50, "memory_percent": 60}
    targets = [metric(name, **own)["containerResource"]["target"]["averageUtilization"] for name in ("cpu", "memory")]
    assert targets == [50, 60]


@both_resources
def test_it_measures_the_workloads_container_alone(resource: str, percent: int) -> None:  # noqa: ARG001 - the table's
    """The pod's average counts the mesh's proxy, which idles while the container is at its limit."""
    measured = metric(resource)
    assert (measured["type"], measured["containerResource"]["container"]) == (
        "ContainerResource",
        container_of(a_workload(name="orders"))["name"],
    )


def test_growth_is_bounded_by_50_percent_and_by_10_pods_a_minute() -> None:
    assert spec()["behavior"]["scaleUp"]["policies"] == [
        {"type": "Percent", "value": 50, "periodSeconds": 60},
        {"type": "Pods", "value": 10, "periodSeconds": 60},
    ]


def test_both_bounds_of_growth_hold() -> None:
    """Kubernetes' default, Max, takes the laxer of them: from 3 to 100 pods in 6 minutes instead of 13."""
    assert spec()["behavior"]["scaleUp"]["selectPolicy"] == "Min"


def test_growth_does_not_wait() -> None:
    assert spec()["behavior"]["scaleUp"]["stabilizationWindowSeconds"] == 0


def test_decline_is_10_percent_a_minute() -> None:
    assert spec()["behavior"]["scaleDown"]["policies"] == [{"type": "Percent", "value": 10, "periodSeconds": 60}]


def test_decline_is_not_switched_off() -> None:
    """The third value of `selectPolicy` is Disabled."""
    assert spec()["behavior"]["scaleDown"]["selectPolicy"] == "Max"


def test_decline_waits_for_five_calm_minutes() -> None:
    assert spec()["behavior"]["scaleDown"]["stabilizationWindowSeconds"] == 300


def test_a_spec_can_grow_and_shrink_at_its_own_pace() -> None:
    own = ScalingBehavior(up_percent=100, up_pods=4, up_select="Max", down_percent=25, down_stabilization_seconds=60)
    behavior = spec(behavior=own)["behavior"]
    assert behavior == {
        "scaleUp": {
            "stabilizationWindowSeconds": 0,
            "selectPolicy": "Max",
            "policies": [
                {"type": "Percent", "value": 100, "periodSeconds": 60},
                {"type": "Pods", "value": 4, "periodSeconds": 60},
            ],
        },
        "scaleDown": {
            "stabilizationWindowSeconds": 60,
            "selectPolicy": "Max",
            "policies": [{"type": "Percent", "value": 25, "periodSeconds": 60}],
        },
    }


def test_it_is_of_the_api_that_has_container_metrics() -> None:
    """cdk8s-plus has a class for `autoscaling/v1` too, which knows neither metrics nor behavior."""
    assert rendered()["apiVersion"] == "autoscaling/v2"


def test_it_is_named_after_its_workload() -> None:
    assert (rendered()["metadata"]["namespace"], rendered()["metadata"]["name"]) == ("staging", "orders")
