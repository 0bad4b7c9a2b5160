import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from api_platform.proof.scaling import course, performance
from api_platform.proof.scaling.observer import Observer
from api_platform.proof.scaling.performance import Performance
from api_platform.proof.scaling.trial import ScalingTrial
from api_platform.proof.scaling.worker import Queue
from eks_twin.errors import TwinError
from eks_twin.measure.steps import Steps
from eks_twin.metrics_api.load import Load, Loads
from tests.proof.scaling.measuring import behavior
from tests.proof.scaling.test_course import Messages
from tests.proof.scaling.test_trial import WORKLOADS

pytestmark = pytest.mark.slow

FACTOR = 1200
API = ScalingTrial(WORKLOADS["api-service"], behavior(3, 5))
PROCESSOR = ScalingTrial(WORKLOADS["media-processor"], behavior(2, 3))


@dataclass
class Platform:
    """Stands in for a cluster: follows the load at once."""

    loads: Loads
    queue: Messages
    minimum: int = 3
    stubborn: bool = False
    """Whether it never scales."""
    seen: dict[str, list[tuple[float, int]]] = field(default_factory=dict)

    def wanted_now(self, workload: str) -> int:
        if self.stubborn:
            return {"api-service": self.minimum, "media-processor": 2}[workload]
        under_load = self.loads.of("production", "api-service") != Load()
        return {
            "api-service": 5 if under_load else self.minimum,
            "media-processor": 3 if self.queue.left else 2,
        }[workload]

    def ready_now(self, _: str) -> int:
        return 1

    def replicas(self, workload: str) -> Steps:
        points = self.seen.setdefault(workload, [])
        points.append((time.monotonic(), self.wanted_now(workload)))
        return Steps(list(points))

    ready = replicas


class Drained(Messages):
    """A queue that is empty after ten looks."""

    looks = 0
    broken = False

    def fill(self, count: int, after: float) -> None:
        if self.broken:
            raise OSError("no queue")
        super().fill(count, after)

    def depth(self) -> int:
        self.looks += 1
        if self.looks > 10:
            self.left = 0
        return self.left


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performance, "BURST_SECONDS", 0.1)
    monkeypatch.setattr(course, "_ARRIVAL_SECONDS", 0)
    monkeypatch.setattr(performance, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(performance, "_CALM_SECONDS", 0.1)


def perform(folder: Path, **changes: Any) -> tuple[Performance, Loads, Drained]:
    loads, queue = Loads(folder / "loads.json"), Drained()
    platform: Any = Platform(loads, queue, **changes)
    run = Performance(
        trials=[API, PROCESSOR],
        queues={"media-processor": cast(Queue, queue)},
        observer=cast(Observer, platform),
        loads=loads,
        namespace="production",
        factor=FACTOR,
        sync_seconds=0.75,
        patience_seconds=1.5,
    )
    return run, loads, queue


def test_all_go_up_and_come_back_and_the_run_ends_then(tmp_path: Path) -> None:
    run, _, _ = perform(tmp_path)
    start = time.monotonic()
    (api, processor), _ = run.run()
    assert time.monotonic() - start < 1.5
    for each in (api, processor):
        assert each.to_minimum(each.replicas) is not None
    assert processor.backlog
    assert processor.backlog.drained is not None


def test_no_load_is_left_behind(tmp_path: Path) -> None:
    run, loads, _ = perform(tmp_path)
    run.run()
    assert loads.of("production", "api-service") == Load()


def test_patience_has_an_end_and_what_was_measured_says_so(tmp_path: Path) -> None:
    run, loads, queue = perform(tmp_path, stubborn=True)
    (api, _), _ = run.run()
    assert api.to_maximum(api.replicas) is None
    assert loads.of("production", "api-service") == Load()
    assert queue.filled


def test_workloads_that_are_not_at_their_minimum_are_no_place_to_start(tmp_path: Path) -> None:
    run, _, queue = perform(tmp_path, minimum=4)
    with pytest.raises(TwinError, match="'api-service': 4"):
        run.run()
    assert not queue.filled


def test_a_queue_that_cannot_be_filled_ends_the_run(tmp_path: Path) -> None:
    """Sent from a thread of its own, the failure would be lost, and the workers would seem not to scale."""
    run, _, queue = perform(tmp_path)
    queue.broken = True
    start = time.monotonic()
    with pytest.raises(OSError, match="no queue"):
        run.run()
    assert time.monotonic() - start < 1
