from typing import Any

import pytest

from api_platform.kubernetes.queue_scaler import queue_scaler
from api_platform.service import QueueScaling, ScalingBehavior
from tests.kubernetes.pods import a_worker, container_of
from tests.rendering import Manifest, objects_of
from tests.specs import a_service, an_environment, in_context

ENVIRONMENT = an_environment(
    name="staging", account="123456789012", region="eu-north-1", zones=("eu-north-1a", "eu-north-1b")
)


def rendered(**changes: Any) -> dict[str, Manifest]:
    """The objects of a queue's scaler, by kind."""
    scaling = QueueScaling(**{"minimum": 2, "maximum": 20, "messages_per_pod": 10, **changes})
    workload = a_worker(name="parcels", scaling=scaling)
    objects = objects_of(
        lambda chart: queue_scaler(chart, in_context(ENVIRONMENT, a_service(workload), workload), scaling)
    )
    return {one["kind"]: one for one in objects}


def spec(**changes: Any) -> dict[str, Any]:
    return dict(rendered(**changes)["ScaledObject"]["spec"])


def trigger(type_: str, **changes: Any) -> dict[str, Any]:
    (found,) = (one for one in spec(**changes)["triggers"] if one["type"] == type_)
    return dict(found)


def autoscaler_configuration() -> dict[str, Any]:
    return dict(spec()["advanced"]["horizontalPodAutoscalerConfig"])


def test_it_keeps_the_specs_bounds() -> None:
    assert (spec()["minReplicaCount"], spec()["maxReplicaCount"]) == (2, 20)


def test_it_scales_the_workloads_deployment() -> None:
    """A target without kind is a Deployment."""
    assert spec()["scaleTargetRef"] == {"name": "parcels"}


def test_people_find_the_autoscaler_under_the_workloads_name() -> None:
    """KEDA's own name for it is `keda-hpa-parcels`."""
    assert autoscaler_configuration()["name"] == "parcels"


def test_there_is_no_second_autoscaler() -> None:
    """KEDA makes one itself; two on one Deployment would fight, each undoing what the other did."""
    assert set(rendered()) == {"ScaledObject", "TriggerAuthentication"}


def test_it_goes_by_queue_depth_cpu_and_memory() -> None:
    assert [one["type"] for one in spec()["triggers"]] == ["aws-sqs-queue", "cpu", "memory"]


def test_it_looks_at_the_workloads_own_queue() -> None:
    metadata = trigger("aws-sqs-queue")["metadata"]
    assert (metadata["queueURL"], metadata["awsRegion"]) == (
        "https://sqs.eu-north-1.amazonaws.com/123456789012/staging-parcels",
        "eu-north-1",
    )


def test_there_is_a_pod_for_so_many_messages() -> None:
    """As AverageValue: the whole depth divided by the pods. KEDA takes the number as text alone."""
    depth = trigger("aws-sqs-queue", messages_per_pod=7)
    assert (depth["metricType"], depth["metadata"]["queueLength"]) == ("AverageValue", "7")


def test_messages_in_flight_count() -> None:
    """A queue looks empty while its last messages are being worked on: those very pods would be scaled away."""
    assert trigger("aws-sqs-queue")["metadata"]["scaleOnInFlight"] == "true"


@pytest.mark.parametrize(("resource", "percent"), [("cpu", "70"), ("memory", "80")])
def test_it_keeps_its_targets_of_use(resource: str, percent: str) -> None:
    target = trigger(resource)
    assert (target["metricType"], target["metadata"]["value"]) == ("Utilization", percent)


@pytest.mark.parametrize("resource", ["cpu", "memory"])
def test_it_measures_the_workloads_container_alone(resource: str) -> None:
    """The pod's average counts the mesh's proxy."""
    assert trigger(resource)["metadata"]["containerName"] == container_of(a_worker(name="parcels"))["name"]


def test_blind_to_the_queue_it_keeps_the_pods_that_it_has() -> None:
    """With KEDA's default behavior, three failed looks at the queue would cut 100 pods to the minimum."""
    assert spec()["fallback"] == {"failureThreshold": 3, "replicas": 2, "behavior": "currentReplicasIfHigher"}


def test_what_has_no_effect_is_not_set() -> None:
    """Both are about scaling from and to zero; set, they would be taken for the pace of scaling."""
    assert {"pollingInterval", "cooldownPeriod", "idleReplicaCount"}.isdisjoint(spec())


def test_it_reads_the_queue_as_kedas_own_operator() -> None:
    """With `identityOwner: workload` each worker's role would have to trust KEDA too."""
    assert rendered()["TriggerAuthentication"]["spec"] == {"podIdentity": {"provider": "aws"}}


def test_its_trigger_uses_the_identity_that_is_made_for_it() -> None:
    made = rendered()["TriggerAuthentication"]["metadata"]
    assert trigger("aws-sqs-queue")["authenticationRef"] == {"name": made["name"]}
    assert made["namespace"] == rendered()["ScaledObject"]["metadata"]["namespace"]


def test_growth_is_bounded_by_50_percent_and_by_10_pods_a_minute() -> None:
    assert autoscaler_configuration()["behavior"]["scaleUp"] == {
        "stabilizationWindowSeconds": 0,
        "selectPolicy": "Min",
        "policies": [
            {"type": "Percent", "value": 50, "periodSeconds": 60},
            {"type": "Pods", "value": 10, "periodSeconds": 60},
        ],
    }


def test_decline_is_10_percent_a_minute_after_five_calm_minutes() -> None:
    assert autoscaler_configuration()["behavior"]["scaleDown"] == {
        "stabilizationWindowSeconds": 300,
        "selectPolicy": "Max",
        "policies": [{"type": "Percent", "value": 10, "periodSeconds": 60}],
    }


def test_a_spec_can_grow_and_shrink_at_its_own_pace() -> None:
    own = ScalingBehavior(up_percent=100, up_pods=4, up_select="Max", down_percent=25, down_stabilization_seconds=60)
    behavior = spec(behavior=own)["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
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


def test_both_objects_are_named_after_the_workload() -> None:
    metadata = [one["metadata"] for one in rendered().values()]
    assert {(one["namespace"], one["name"]) for one in metadata} == {("staging", "parcels")}
