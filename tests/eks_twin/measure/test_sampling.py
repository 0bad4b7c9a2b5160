from types import SimpleNamespace
from typing import Any, cast

import pytest

from eks_twin.errors import TwinError
from eks_twin.measure.sampling import Recording, SampledPod, Sampler, back_at, lowest, sampled
from eks_twin.measure.steps import Steps
from eks_twin.watch import Watch
from tests.proof.resilience.building import pod, recording

BACK_AND_FORTH = Steps([(0, 3), (10, 2), (12, 3), (20, 1), (30, 3)])


def from_api(name: str = "api-service-1", *, ready: str = "True", phase: str = "Running", **metadata: Any) -> Any:
    return {
        "metadata": {"name": name, "labels": {"app.kubernetes.io/name": "api-service"}, **metadata},
        "spec": {"nodeName": "system-a", "containers": [{"image": "registry/api-service:v1"}, {"image": "proxy"}]},
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": ready}]},
    }


def test_a_ready_pod_is_counted_for_its_workload() -> None:
    assert sampled(from_api()) == pod(image="registry/api-service:v1")


def test_a_pod_that_is_told_to_go_is_not_ready_any_more() -> None:
    """Its condition says Ready until its end, but no Service sends it requests and no budget counts it."""
    leaving = sampled(from_api(deletionTimestamp="2026-01-01T00:00:00Z"))
    assert leaving == pod(image="registry/api-service:v1", leaving=True)


def test_a_pod_that_was_just_made_is_neither_placed_nor_ready() -> None:
    young = sampled({"metadata": {"name": "young"}, "spec": {"containers": [{"image": "image"}]}})
    assert young == pod("young", workload="young", node="", image="image", ready=False)


def test_ready_pods_are_counted_over_time_and_by_workload() -> None:
    other = pod("media-service-1", workload="media-service")
    seen = recording((0.0, [pod(), other]), (1.0, [pod(ready=False), other]), (2.0, [pod()]))
    assert seen.ready("api-service") == Steps([(0, 1), (1, 0), (2, 1)])


@pytest.mark.parametrize(("moment", "pods"), [(0.0, 1), (1.0, 1), (4.9, 1), (5.0, 2), (9.0, 2)])
def test_the_pods_of_a_moment_are_those_of_the_last_change_before_it(moment: float, pods: int) -> None:
    seen = recording((1.0, [pod()]), (5.0, [pod(), pod("api-service-2")]))
    assert (seen.at(moment).at, len(seen.at(moment).pods)) == (moment, pods)


def test_the_lowest_value_is_that_of_the_asked_time() -> None:
    assert lowest(BACK_AND_FORTH) == 1
    assert lowest(BACK_AND_FORTH, 0, 15) == 2
    assert lowest(BACK_AND_FORTH, 30) == 3


def test_the_lowest_value_counts_what_held_when_the_asked_time_began() -> None:
    """The value of the moment before lasts until it changes."""
    assert lowest(BACK_AND_FORTH, 25, 40) == 1


def test_strength_is_back_when_it_stays() -> None:
    """At 12 s there are three again, and then fewer: that was not it."""
    assert back_at(BACK_AND_FORTH, 3, after=5) == 30


def test_strength_that_never_falters_is_back_at_once() -> None:
    assert back_at(BACK_AND_FORTH, 1, after=5) == 5


def test_strength_that_does_not_come_back_is_none() -> None:
    assert back_at(Steps([(0, 3), (10, 2)]), 3, after=5) is None


def test_a_recording_of_nothing_is_refused() -> None:
    """All counts of it would be zero, or fine."""
    with pytest.raises(TwinError, match="told nothing"):
        Recording([], 10.0)


def test_each_change_is_a_sample_at_its_moment() -> None:
    moments = iter([100.0, 105.0, 110.0, 120.0])
    watch = cast(Watch[SampledPod], SimpleNamespace(unanswered=1, blind=2.5))
    sampler = Sampler(watch, clock=lambda: next(moments))
    sampler.note([pod()])
    sampler.note([pod(ready=False)])
    assert not sampler.pods[0].ready
    seen = sampler.recording
    assert [(each.at, each.pods[0].ready) for each in seen.samples] == [(5.0, True), (10.0, False)]
    assert (seen.end, seen.unanswered, seen.blind) == (20.0, 1, 2.5)


def test_pods_that_are_done_do_not_count() -> None:
    assert sampled(from_api(phase="Succeeded")) is None
