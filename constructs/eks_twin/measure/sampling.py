"""Follows a namespace's pods while something happens to them, so that every moment can be asked about afterwards.

A watch, not a look now and then: it hears of every change in order, so that no short one falls between two looks.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any

import httpx2
import lightkube
from lightkube.config.client_adapter import Client, ConnectionParams

from eks_twin.errors import TwinError, command
from eks_twin.manifests import NAME_LABEL
from eks_twin.measure.pod_watch import PodWatch
from eks_twin.measure.steps import Steps, changes

_RETRY_SECONDS = 0.2
_ANSWER_SECONDS = 10.0


@dataclass(frozen=True)
class SampledPod:
    """A pod at one moment, as the API server had it."""

    name: str
    workload: str
    node: str
    """Empty while it has none."""
    image: str
    """Of the application's container."""
    ready: bool
    """Ready, and not told to go: what budgets count and what Services send requests to."""
    leaving: bool
    """Told to go."""


@dataclass(frozen=True)
class Sample:
    """All pods from one moment on, until the next sample."""

    at: float
    """Seconds since the sampling began, when the API server told of it."""
    pods: tuple[SampledPod, ...]


@dataclass(frozen=True)
class Recording:
    """What was sampled so far: a sample for each change. Raises TwinError where that is nothing."""

    samples: Sequence[Sample]
    end: float
    """Seconds since the sampling began."""
    unanswered: int = 0
    """How often the API server did not answer. What changed meanwhile was told later, unless it is in `blind`."""
    blind: float = 0.0
    """Seconds in which a change may have been missed: the API server could not say any more what had happened."""

    def __post_init__(self) -> None:
        if not self.samples:
            raise TwinError(f"The API server told nothing of the pods. See: {command()} status.")

    def at(self, moment: float) -> Sample:
        """Return the pods at a moment; before the first sample, those of the first."""
        index = bisect_right(self.samples, moment, key=lambda sample: sample.at)
        return Sample(moment, self.samples[max(0, index - 1)].pods)

    def count(self, counted: Callable[[SampledPod], bool]) -> Steps:
        """Return how many pods satisfied this, over time."""
        return changes([(sample.at, sum(map(counted, sample.pods))) for sample in self.samples])

    def ready(self, workload: str) -> Steps:
        """Return how many pods of the workload were ready, over time."""
        return self.count(lambda pod: pod.workload == workload and pod.ready)


def lowest(steps: Steps, start: float = 0.0, end: float = float("inf")) -> int:
    """Return the lowest value from start to end."""
    return min(steps.between(start, end))


def back_at(steps: Steps, wanted: int, after: float) -> float | None:
    """Return the moment from `after` on since which the value has been at least `wanted`; None where it is lower."""
    since: float | None = None
    for moment, value in [(after, steps.at(after)), *(point for point in steps.points if point[0] > after)]:
        if value < wanted:
            since = None
        elif since is None:
            since = moment
    return since


class Sampler:
    """Follows the pods until it is told to stop, whether the API server answers or not."""

    def __init__(self, watch: PodWatch, clock: Callable[[], float] = time.monotonic) -> None:
        self._watch, self._clock = watch, clock
        self._start = self._heard = clock()
        self._samples: list[Sample] = []
        self._unanswered, self._blind = 0, 0.0
        self._stop = Event()

    @property
    def now(self) -> float:
        """Seconds since the sampling began."""
        return self._clock() - self._start

    @property
    def recording(self) -> Recording:
        """What was sampled until now."""
        return Recording(tuple(self._samples), self.now, self._unanswered, self._blind)

    @property
    def pods(self) -> tuple[SampledPod, ...]:
        """The pods now; none before the API server has told of them."""
        return self._samples[-1].pods if self._samples else ()

    @property
    def has_begun(self) -> bool:
        """Whether the API server has told of the pods."""
        return bool(self._samples)

    def run(self) -> None:
        """Sample until `stop`."""
        while not self._stop.is_set():
            try:
                for pods in self._watch.listen():
                    self._note(pods)
                self._heard = self._clock()
            except httpx2.HTTPError:
                self._unanswered += 1
                self._stop.wait(_RETRY_SECONDS)

    def stop(self) -> None:
        """End the sampling."""
        self._stop.set()

    def _note(self, pods: Sequence[Mapping[str, Any]]) -> None:
        if self._watch.begun_anew and self._samples:
            self._blind += self._clock() - self._heard
        self._heard = self._clock()
        self._samples.append(Sample(self.now, tuple(map(sampled, filter(_is_alive, pods)))))


@contextmanager
def sampling(client: lightkube.Client, namespace: str) -> Iterator[Sampler]:
    """Follow the namespace's pods until the end of the block, from its first line on.

    Raises TwinError where the API server tells nothing of them.
    """
    parameters = ConnectionParams(timeout=httpx2.Timeout(_ANSWER_SECONDS), trust_env=False)
    with Client(client.config, parameters) as http, ThreadPoolExecutor(1) as pool:
        sampler = Sampler(PodWatch(http, namespace))
        running = pool.submit(sampler.run)
        try:
            deadline = time.monotonic() + _ANSWER_SECONDS
            while not (sampler.has_begun or running.done() or time.monotonic() > deadline):
                time.sleep(_RETRY_SECONDS / 10)
            sampler.recording  # noqa: B018  (raises where there is nothing)
            yield sampler
        finally:
            sampler.stop()
        running.result()


def sampled(pod: Mapping[str, Any]) -> SampledPod:
    """Return what a scenario needs of a pod."""
    metadata, spec = pod["metadata"], pod["spec"]
    conditions = pod.get("status", {}).get("conditions") or []
    is_ready = any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)
    leaving = "deletionTimestamp" in metadata
    return SampledPod(
        name=metadata["name"],
        workload=metadata.get("labels", {}).get(NAME_LABEL, metadata["name"]),
        node=spec.get("nodeName", ""),
        image=spec["containers"][0]["image"],
        ready=is_ready and not leaving,
        leaving=leaving,
    )


def _is_alive(pod: Mapping[str, Any]) -> bool:
    """Whether the pod is not done: a Job's stays in the API server after its end."""
    return pod.get("status", {}).get("phase") not in {"Succeeded", "Failed"}
