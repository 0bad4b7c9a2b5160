"""The course of one workload through its trial: load on, maximum, load off, minimum."""

import time
from dataclasses import dataclass, field
from threading import Event

from api_platform.proof.scaling.measured import Backlog, Measured
from api_platform.proof.scaling.observer import Observer
from api_platform.proof.scaling.trial import ScalingTrial
from api_platform.proof.scaling.worker import Queue, Workers
from eks_twin.measure.steps import Steps, changes

HOLD = 120.0
"""Scenario seconds that CPU or memory stays in demand after the maximum is reached."""

_ARRIVAL_SECONDS = 1.0
"""On the wall clock: SQS delays messages by whole seconds."""


@dataclass(frozen=True)
class Clock:
    """Scenario time: seconds since the load came, `factor` times as fast as the wall clock."""

    factor: int
    start: float
    """The load's coming, on the monotonic clock."""

    @property
    def now(self) -> float:
        """Scenario seconds; negative before the load comes."""
        return (time.monotonic() - self.start) * self.factor

    def steps(self, steps: Steps) -> Steps:
        """Return steps of the monotonic clock in scenario time."""
        return steps.scaled(self.factor, self.start)


@dataclass
class Course:
    """One workload, as it goes."""

    trial: ScalingTrial
    observer: Observer
    clock: Clock
    queue: Queue | None = None
    """Where it has one, its load is a burst of messages."""
    relieved: float | None = None
    """When its CPU or memory was let go; None while it is in demand, and always None of a queue."""
    _depths: list[tuple[float, int]] = field(default_factory=list)

    @property
    def at_maximum(self) -> float | None:
        """When it reached its maximum; None until then."""
        return self._replicas.first(self.trial.behavior.maximum, 0)

    @property
    def is_over(self) -> bool:
        """Whether it is back at its minimum, with its queue empty."""
        top = self.at_maximum
        back = top is not None and self._replicas.first(self.trial.behavior.minimum, top) is not None
        return back and not (self._depths and self._depths[-1][1])

    @property
    def may_be_relieved(self) -> bool:
        """Whether its CPU or memory was in demand for long enough."""
        top = self.at_maximum
        return not self.queue and self.relieved is None and top is not None and self.clock.now > top + HOLD

    def fill(self) -> None:
        """Send the messages, which arrive when scenario time begins."""
        if self.queue:
            # From then on they are there, whenever we look for the first time.
            self._depths.append((self.clock.start, self.trial.messages))
            self.queue.fill(self.trial.messages, self.clock.start - time.monotonic())

    def work(self, stop: Event) -> None:
        """Let the ready pods work the messages off until `stop` is set; what is left then is purged."""
        if self.queue:
            seconds = self.trial.job_seconds / self.clock.factor
            workers = Workers(self.queue, seconds, lambda: self.observer.ready_now(self.trial.name))
            workers.run(time.monotonic, stop)
            if self.queue.depth():
                self.queue.purge()

    def look(self) -> None:
        """Note the queue's depth; not in the first second, while the burst arrives."""
        if self.queue and time.monotonic() > self.clock.start + _ARRIVAL_SECONDS:
            self._depths.append((time.monotonic(), self.queue.depth()))

    def measured(self, end: float, sync: float) -> Measured:
        """Return what was measured until this scenario second. `sync`: see `Measured.sync`."""
        trial = self.trial
        return Measured(
            workload=trial.name,
            measure=trial.measure,
            behavior=trial.behavior,
            replicas=self._replicas,
            ready=self.clock.steps(self.observer.ready(trial.name)),
            relieved=end if self.relieved is None else self.relieved,
            end=end,
            sync=sync,
            backlog=self._backlog(),
            at_rest=trial.at_rest,
        )

    @property
    def _replicas(self) -> Steps:
        return self.clock.steps(self.observer.replicas(self.trial.name))

    def _backlog(self) -> Backlog | None:
        if not self._depths:
            return None
        depth = self.clock.steps(changes(self._depths))
        return Backlog(self.trial.messages, self.trial.messages_per_pod, self.trial.job_seconds, depth)
