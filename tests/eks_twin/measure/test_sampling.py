from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import httpx2
import pytest

from eks_twin.errors import TwinError
from eks_twin.measure.pod_watch import PodWatch
from eks_twin.measure.sampling import Recording, Sampler, back_at, lowest, sampled
from eks_twin.measure.steps import Steps
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
    assert (leaving.ready, leaving.leaving) == (False, True)


def test_a_pod_that_was_just_made_is_neither_placed_nor_ready() -> None:
    young = sampled({"metadata": {"name": "young"}, "spec": {"containers": [{"image": "image"}]}})
    assert (young.workload, young.node, young.ready) == ("young", "", False)


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


class Watch:
    """Tells pods as it was told to: a list of them, or an error."""

    def __init__(self, *told: Sequence[Mapping[str, Any]] | Exception, anew: Sequence[int] = ()) -> None:
        self.told, self.anew, self.heard = list(told), anew, 0
        self.begun_anew = False
        self.sampler: Sampler | None = None
        self.seconds = 0.0

    def listen(self) -> Iterator[Sequence[Mapping[str, Any]]]:
        if self.heard == len(self.told):
            if self.sampler:
                self.sampler.stop()
            return
        told = self.told[self.heard]
        self.begun_anew = self.heard in self.anew
        self.heard += 1
        self.seconds += 5.0
        if isinstance(told, Exception):
            raise told
        yield told


def sample(watch: Watch) -> Sampler:
    sampler = Sampler(cast(PodWatch, watch), clock=lambda: watch.seconds)
    watch.sampler = sampler
    sampler.run()
    return sampler


def test_each_change_is_a_sample_at_its_moment() -> None:
    sampler = sample(Watch([from_api()], [from_api(ready="False")]))
    assert [(each.at, each.pods[0].ready) for each in sampler.recording.samples] == [(5.0, True), (10.0, False)]
    assert not sampler.pods[0].ready


def test_pods_that_are_done_do_not_count() -> None:
    assert not sample(Watch([from_api(phase="Succeeded")])).pods


def test_an_api_server_that_is_away_is_asked_again() -> None:
    seen = sample(Watch([from_api()], httpx2.ConnectError("refused"), [from_api()])).recording
    assert (len(seen.samples), seen.unanswered, seen.blind) == (2, 1, 0.0)


def test_time_in_which_a_change_may_have_been_missed_is_told() -> None:
    """A pod that went and came while nobody could know of it would make every count a guess."""
    seen = sample(Watch([from_api()], httpx2.ConnectError("refused"), [from_api()], anew=[0, 2])).recording
    assert seen.blind == 10.0
