"""Follows a namespace's pods while something happens to them, so that every moment can be asked about afterwards.

A watch, not a look now and then: it hears of every change in order, so that no short one falls between two looks.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import lightkube

from eks_twin.errors import TwinError, command
from eks_twin.kubernetes_clients import without_models
from eks_twin.manifests import NAME_LABEL, Manifest
from eks_twin.measure.steps import Steps, changes
from eks_twin.watch import Watch


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
    """See `Watch.unanswered`."""
    blind: float = 0.0
    """See `Watch.blind`."""

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
    """Keeps what the watch tells, with the moment."""

    def __init__(self, watch: Watch[SampledPod], clock: Callable[[], float] = time.monotonic) -> None:
        self._watch, self._clock = watch, clock
        self._start = clock()
        self._samples: list[Sample] = []

    @property
    def now(self) -> float:
        """Seconds since the sampling began."""
        return self._clock() - self._start

    @property
    def recording(self) -> Recording:
        """What was sampled until now."""
        return Recording(tuple(self._samples), self.now, self._watch.unanswered, self._watch.blind)

    @property
    def pods(self) -> tuple[SampledPod, ...]:
        """The pods now; none before the API server has told of them."""
        return self._samples[-1].pods if self._samples else ()

    def note(self, pods: Sequence[SampledPod]) -> None:
        """Take a sample."""
        self._samples.append(Sample(self.now, tuple(pods)))


@contextmanager
def sampling(client: lightkube.Client, namespace: str) -> Iterator[Sampler]:
    """Follow the namespace's pods until the end of the block, from its first line on.

    Raises TwinError where the API server tells nothing of them.
    """
    with without_models(client) as http:
        watch = Watch(http, f"/api/v1/namespaces/{namespace}/pods", sampled)
        sampler = Sampler(watch)
        with watch.following(sampler.note):
            yield sampler


def sampled(pod: Manifest) -> SampledPod | None:
    """Return what a scenario needs of a pod; None where it is done: a Job's stays in the API server after its end."""
    metadata, spec, status = pod["metadata"], pod["spec"], pod.get("status", {})
    if status.get("phase") in {"Succeeded", "Failed"}:
        return None
    is_ready = any(each["type"] == "Ready" and each["status"] == "True" for each in status.get("conditions") or ())
    leaving = "deletionTimestamp" in metadata
    return SampledPod(
        name=metadata["name"],
        workload=metadata.get("labels", {}).get(NAME_LABEL, metadata["name"]),
        node=spec.get("nodeName", ""),
        image=spec["containers"][0]["image"],
        ready=is_ready and not leaving,
        leaving=leaving,
    )
