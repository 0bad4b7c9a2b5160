import time
from dataclasses import dataclass, field
from threading import Event
from typing import Any, cast

from api_platform.proof.scaling.course import HOLD, Clock, Course
from api_platform.proof.scaling.observer import Observer
from api_platform.proof.scaling.trial import ScalingTrial
from api_platform.proof.scaling.worker import Queue
from eks_twin.measure.steps import Steps
from tests.proof.scaling.measuring import behavior
from tests.proof.scaling.test_trial import API, WORKLOADS

PROCESSOR = ScalingTrial(WORKLOADS["media-processor"], behavior(2, 4))


@dataclass
class Seen:
    """Stands in for an observer: replicas over the monotonic clock."""

    start: float
    points: list[tuple[float, int]] = field(default_factory=list)

    def replicas(self, _: str) -> Steps:
        return Steps([(self.start - 5, 3), *((self.start + second, count) for second, count in self.points)])

    ready = replicas

    def ready_now(self, _: str) -> int:
        return 2


@dataclass
class Messages:
    """Stands in for a queue."""

    left: int = 0
    purged: bool = False
    filled: list[tuple[int, float]] = field(default_factory=list)

    def fill(self, count: int, after: float) -> None:
        self.filled.append((count, after))
        self.left = count

    def depth(self) -> int:
        return self.left

    def take(self, _: int) -> list[str]:
        return []

    def delete(self, _: object) -> None:
        pass

    def purge(self) -> None:
        self.purged = True


def course(
    *points: tuple[float, int], trial: ScalingTrial = API, queue: Messages | None = None, ago: float = 100
) -> Course:
    """Return a course that began so many seconds ago; the clock runs ten times as fast."""
    start = time.monotonic() - ago
    seen: Any = Seen(start, list(points))
    return Course(trial, cast(Observer, seen), Clock(10, start), cast(Queue, queue) if queue else None)


def test_scenario_time_runs_faster_than_the_clock() -> None:
    clock = Clock(20, time.monotonic() - 3)
    assert 60 <= clock.now < 61
    assert clock.steps(Steps([(clock.start + 2, 7)])).first(7) == 40


def test_a_course_is_over_when_it_was_at_the_maximum_and_is_back() -> None:
    assert not course((1, 5)).is_over
    assert not course((1, 5), (10, 100)).is_over
    assert course((1, 5), (10, 100), (50, 3)).is_over


def test_a_course_with_messages_left_is_not_over() -> None:
    """Its workers go on at the minimum."""
    queue = Messages()
    mine = course((1, 4), (50, 2), trial=PROCESSOR, queue=queue)
    mine.fill()
    mine.look()
    assert not mine.is_over
    queue.left = 0
    mine.look()
    assert mine.is_over


def test_use_is_let_go_some_time_after_the_maximum() -> None:
    assert not course((1, 100), ago=1 + HOLD / 10 - 1).may_be_relieved
    assert course((1, 100), ago=1 + HOLD / 10 + 1).may_be_relieved


def test_what_has_a_queue_or_was_let_go_is_not_let_go_again() -> None:
    gone = course((1, 100))
    gone.relieved = 300
    assert not gone.may_be_relieved
    assert not course((1, 4), trial=PROCESSOR, queue=Messages()).may_be_relieved


def test_the_burst_arrives_when_scenario_time_begins() -> None:
    queue = Messages()
    course(trial=PROCESSOR, queue=queue, ago=-7).fill()
    ((count, after),) = queue.filled
    assert count == PROCESSOR.messages
    assert 6 < after <= 7


def test_a_burst_that_is_still_arriving_is_not_looked_at() -> None:
    """Its first messages alone would show as a drain within the first second."""
    queue = Messages()
    mine = course(trial=PROCESSOR, queue=queue, ago=0.5)
    mine.fill()
    queue.left = 3
    mine.look()
    seen = mine.measured(60, 15)
    assert seen.backlog
    assert [depth for _, depth in seen.backlog.depth.points] == [PROCESSOR.messages]


def test_messages_that_are_left_at_the_end_are_purged() -> None:
    queue, stop = Messages(left=3), Event()
    stop.set()
    course(trial=PROCESSOR, queue=queue).work(stop)
    assert queue.purged


def test_a_course_without_a_queue_fills_none_and_works_on_none() -> None:
    mine = course((1, 5))
    mine.fill()
    mine.work(Event())
    mine.look()
    assert mine.measured(60, 15).backlog is None


def test_what_was_measured_is_in_scenario_time() -> None:
    queue = Messages()
    mine = course((1, 4), (50, 2), trial=PROCESSOR, queue=queue)
    mine.fill()
    queue.left = 0
    mine.look()
    seen = mine.measured(1000, 15)
    assert (seen.to_maximum(seen.replicas), seen.to_minimum(seen.replicas)) == (10, 500)
    assert seen.backlog
    assert seen.backlog.depth.at(0) == PROCESSOR.messages
    assert seen.backlog.drained
    assert seen.backlog.drained >= 1000


def test_use_that_was_never_let_go_lasted_to_the_end() -> None:
    assert course((1, 5)).measured(700, 15).relieved == 700
