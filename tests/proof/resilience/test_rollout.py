from dataclasses import replace

import pytest

from api_platform.proof.resilience.rollout import Back, Forward, Rollout, tag_of
from eks_twin.measure.sampling import SampledPod
from eks_twin.measure.steps import Steps
from tests.proof.resilience.building import NEW, NODES, OLD, pod, recording, services

ZONES = ("a", "b", "c")
BAD = "registry/media-service:broken-1"
WANTED = {"api-service": 3, "media-service": 2, "media-processor": 2, "outbox-processor": 2, "data-export": 1}
COMPLAINT = "media-service in production did not roll out: when the wait was over, ..."


def all_pods(image: str, *but: str) -> list[SampledPod]:
    return [
        pod(f"{name}-{number}-{image}", workload=name, node=f"system-{ZONES[number]}", image=image)
        for name, count in WANTED.items()
        if name not in but
        for number in range(count)
    ]


def of_media() -> list[SampledPod]:
    """Return both old pods, and the new one that never becomes ready."""
    return [
        *(pod(f"media-{zone}", workload="media-service", node=f"media-processing-{zone}") for zone in ("a", "b")),
        pod("media-bad", workload="media-service", image=BAD, ready=False),
    ]


def rollout() -> Rollout:
    bad = next(service for service in services() if service.name == "media-service")
    surge = [pod("api-service-new", image=NEW), *all_pods(OLD)]
    rolled = [*all_pods(NEW, "media-service"), *of_media()]
    stacks = {service.name: "UPDATE_COMPLETE" for service in services()} | {bad.name: "UPDATE_ROLLBACK_COMPLETE"}
    images = {name: OLD if name == bad.name else NEW for name in WANTED}
    return Rollout(
        services=services(),
        bad=bad,
        nodes=NODES,
        wanted=WANTED,
        images=dict.fromkeys(WANTED, OLD),
        skews=dict.fromkeys(WANTED, 1),
        forward=Forward(0.0, 51.0, stacks, 50.0, COMPLAINT, rolled, images),
        back=Back(52.0, 60.0),
        recording=recording((0.0, all_pods(OLD)), (10.0, surge), (50.0, rolled), (60.0, all_pods(OLD))),
    )


@pytest.mark.parametrize(
    "image", ["registry:5000/api-service:v1.0.0@sha256:1", "registry/api-service:v1.0.0", "api-service:v1.0.0"]
)
def test_an_image_has_a_tag_with_and_without_a_digest_and_a_port(image: str) -> None:
    assert tag_of(image) == "v1.0.0"


def test_old_and_new_pods_are_told_apart_by_the_image_at_the_start() -> None:
    seen = rollout()
    assert seen.ready(["api-service"], old=True) == Steps([(0, 3), (50, 0), (60, 3)])
    assert seen.ready(["api-service"], old=False) == Steps([(0, 0), (10, 1), (50, 3), (60, 0)])


def test_pods_of_the_bad_image_are_counted_though_they_are_not_ready() -> None:
    assert rollout().bad_pods == Steps([(0, 0), (50, 1), (60, 0)])


def test_the_workloads_with_a_good_image_are_all_but_those_of_the_bad_service() -> None:
    assert rollout().good == ["api-service", "media-processor", "outbox-processor", "data-export"]


def test_the_surge_counts_in_the_most_pods_at_a_time() -> None:
    assert rollout().most("api-service") == 4


def test_the_spread_of_the_new_pods_is_that_when_they_were_everywhere() -> None:
    assert rollout().skew_after("api-service") == 0
    assert rollout().skew_after("outbox-processor") == 1


def test_an_old_pod_that_was_told_to_go_is_not_left() -> None:
    """It is there for a moment after its Deployment has rolled out."""
    seen = rollout()
    for leaving, left in ((True, 0), (False, 1)):
        pods = [*seen.forward.pods, pod("api-service-old", leaving=leaving)]
        assert replace(seen, forward=replace(seen.forward, pods=pods)).old_pods_left() == left
