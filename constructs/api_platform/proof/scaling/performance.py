"""Puts all workloads under load at once, and watches them up to their maximum and back."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from api_platform.proof.scaling.course import Clock, Course
from api_platform.proof.scaling.measured import Measured
from api_platform.proof.scaling.observer import Observer
from api_platform.proof.scaling.trial import ScalingTrial, loads
from api_platform.proof.scaling.worker import Queue
from eks_twin.errors import TwinError
from eks_twin.metrics_api.load import Loads

BURST_SECONDS = 10.0
"""On the wall clock: the messages are sent in this time, and arrive together at its end. Late ones arrive late."""
_LOOK_SECONDS = 0.25
_CALM_SECONDS = 60.0


@dataclass(frozen=True)
class Performance:
    """One run over all workloads."""

    trials: Sequence[ScalingTrial]
    queues: Mapping[str, Queue]
    """By workload, of those that have one."""
    observer: Observer
    loads: Loads
    namespace: str
    factor: int
    """How much faster scenario time runs than the wall clock."""
    sync_seconds: float
    """Between two looks of an autoscaler, on the wall clock."""
    patience_seconds: float
    """On the wall clock, from the load's coming."""

    def run(self) -> tuple[Sequence[Measured], Clock]:
        """Return what was measured, and its clock, until all were back at their minimum, or patience was at its end.

        Raises TwinError where the workloads are not at their minimum to begin with.
        """
        self._wait_for_calm()
        clock = Clock(self.factor, time.monotonic() + BURST_SECONDS)
        courses = [Course(trial, self.observer, clock, self.queues.get(trial.name)) for trial in self.trials]
        with _working(courses) as raise_failure:
            time.sleep(max(0.0, clock.start - time.monotonic()))
            end = self._watch(courses, clock, raise_failure)
        return [course.measured(end, self.sync_seconds * self.factor) for course in courses], clock

    def _watch(self, courses: Sequence[Course], clock: Clock, raise_failure: Callable[[], None]) -> float:
        """Return the scenario second at which all was over."""
        with self._in_demand(courses) as relieve:
            while not all(course.is_over for course in courses) and self._has_patience(clock):
                for course in courses:
                    course.look()
                relieve()
                raise_failure()
                time.sleep(_LOOK_SECONDS)
        return clock.now

    def _has_patience(self, clock: Clock) -> bool:
        return clock.now < self.patience_seconds * self.factor

    def _wait_for_calm(self) -> None:
        """Wait until every workload is at its minimum: an earlier scenario may have left one higher."""
        deadline = time.monotonic() + _CALM_SECONDS
        while any(self.observer.wanted_now(trial.name) != trial.behavior.minimum for trial in self.trials):
            if time.monotonic() > deadline:
                now = {trial.name: self.observer.wanted_now(trial.name) for trial in self.trials}
                raise TwinError(f"after {_CALM_SECONDS:.0f} s without load, workloads are not at their minimum: {now}")
            time.sleep(_LOOK_SECONDS)

    @contextmanager
    def _in_demand(self, courses: Sequence[Course]) -> Iterator[Callable[[], None]]:
        """Put CPU and memory in demand; yield what lets go of those that were for long enough. At the end, all are."""

        def set_loads() -> None:
            held = [course.trial for course in courses if course.relieved is None]
            self.loads.set(loads(held, self.namespace))

        def relieve() -> None:
            for course in [course for course in courses if course.may_be_relieved]:
                course.relieved = course.clock.now
                set_loads()

        set_loads()
        try:
            yield relieve
        finally:
            self.loads.set({})


@contextmanager
def _working(courses: Sequence[Course]) -> Iterator[Callable[[], None]]:
    """Send the bursts, and let the workers work until the end of the block; yield what raises if one of them failed."""
    stop = Event()
    with ThreadPoolExecutor(2 * len(courses)) as pool:
        running = [pool.submit(course.work, stop) for course in courses]
        running += [pool.submit(course.fill) for course in courses]

        def raise_failure() -> None:
            for done in (each for each in running if each.done()):
                done.result()

        try:
            yield raise_failure
        finally:
            stop.set()
    raise_failure()
