from collections.abc import Callable, Sequence
from typing import cast
from unittest.mock import MagicMock

import pytest

from api_platform.proof.resilience import outage as module
from api_platform.proof.resilience.outage import (
    Outage,
    Pace,
    impatient,
    longest_until_evicted,
    longest_until_not_ready,
    longest_until_strong,
    lose_zone,
)
from api_platform.proof.resilience.placement import NodePlace
from eks_twin.control_plane import Settings
from eks_twin.measure.sampling import SampledPod, Sampler
from eks_twin.measure.steps import Steps
from tests.proof.resilience.building import pod, pods, recording

OURS = Pace(5.0)
EVERYWHERE = pods("api-service", "system-a", "system-b", "system-c")


def outage(*, silent: float = 10.0, speaking: float = 80.0, not_ready: float | None = 60.0) -> Outage:
    seen = recording((0.0, EVERYWHERE), (90.0, EVERYWHERE))
    return Outage("a", frozenset({"system-a"}), OURS, silent, not_ready, 70.0, 75.0, speaking, seen)


def test_the_pods_of_a_silent_zone_are_not_there_though_the_api_server_believes_so() -> None:
    """For fifty seconds it sends requests to pods that are gone: to count them would hide the outage."""
    seen = outage()
    assert seen.recording.ready("api-service") == Steps([(0, 3)])
    assert seen.truth.ready("api-service") == Steps([(0, 3), (10, 2), (80, 3)])


def test_moments_are_told_from_the_beginning_of_the_silence() -> None:
    seen = outage(silent=10.0)
    assert seen.after(seen.strong) == 65.0


def test_what_did_not_happen_has_no_moment() -> None:
    seen = outage(not_ready=None)
    assert seen.after(seen.not_ready) is None


def test_only_the_time_for_lost_nodes_is_changed() -> None:
    """The API server refuses any other change of a living pod's tolerations."""
    pool = {"key": "workload", "operator": "Equal", "value": "media-processing", "effect": "NoSchedule"}
    lost = {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"}
    assert impatient([pool, {**lost, "tolerationSeconds": 300}], 5.0) == [pool, {**lost, "tolerationSeconds": 5}]


@pytest.mark.parametrize("patience", [5.0, 300.0])
def test_a_larger_zone_and_patient_pods_take_longer(patience: float) -> None:
    """Kubernetes gives up a node each ten seconds."""
    pace = Pace(patience)
    assert longest_until_evicted(3, pace) - longest_until_evicted(1, pace) == 20.0
    assert longest_until_strong(3, pace) > longest_until_evicted(3, pace) > longest_until_not_ready(pace) + patience


def test_the_limits_follow_the_settings_that_were_measured() -> None:
    """Else what is slow by a minute would hold in a short form that must be quick."""
    quick = Pace(5.0, Settings(node_grace=20, eviction_step=1))
    assert longest_until_not_ready(OURS) - longest_until_not_ready(quick) == 30.0
    assert longest_until_strong(3, OURS) - longest_until_strong(3, quick) == 30.0 + 2 * 9.0


class LateZone:
    """A zone in which everything happens so many seconds after it must have; its clock runs while one waits."""

    recording = recording((0.0, EVERYWHERE))

    def __init__(self, late: float) -> None:
        self.now, self.late = 0.0, late

    @property
    def pods(self) -> Sequence[SampledPod]:
        leaving = self.now >= longest_until_evicted(1, OURS) + self.late
        there = pod(node="system-b", ready=self.now >= longest_until_strong(1, OURS) + self.late)
        return [pod(node="system-a", leaving=leaving), there]

    def places(self, _client: object) -> Sequence[NodePlace]:
        ready = self.now < longest_until_not_ready(OURS) + self.late
        return [NodePlace("system-a", "a", pool=None, ready=ready, lost=not ready)]

    def happens_within(self, seconds: float, happened: Callable[[], bool]) -> bool:
        end = self.now + seconds
        while not happened() and self.now < end:
            self.now += 1.0
        return happened()


@pytest.mark.parametrize(("late", "measured"), [(20.0, [80.0, 95.0, 110.0]), (200.0, [None] * 3)])
def test_what_is_late_is_measured_and_only_what_never_happens_is_not(
    late: float, measured: list[float | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that waits no longer than the limit can measure nothing that breaks it."""
    zone, client = LateZone(late), MagicMock(**{"list.return_value": []})
    for name in ("places", "happens_within"):
        monkeypatch.setattr(module, name, getattr(zone, name))
    lost = lose_zone(client, "production", "a", {"api-service": 1}, pace=OURS, sampler=cast(Sampler, zone))
    assert [lost.not_ready, lost.evicted, lost.strong] == measured
