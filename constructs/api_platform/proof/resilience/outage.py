"""A zone that falls silent, as when it has lost its power, and comes back: what Kubernetes does about it, and when."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import lightkube
from lightkube.resources.core_v1 import Pod
from lightkube.types import PatchType

from api_platform.proof.resilience.placement import places
from eks_twin.control_plane.faults import start_heartbeats, stop_heartbeats
from eks_twin.control_plane.settings import Settings
from eks_twin.measure.sampling import Recording, Sample, Sampler
from eks_twin.measure.waiting import happens_within

_NOTICE_SECONDS = 10.0
"""Its controller looks every five seconds, and each heartbeat was up to ten seconds old."""
_START_SECONDS = 15.0
"""A simulated pod is scheduled, starts and becomes Ready in less than five."""
_BACK_SECONDS = 30.0
_LATE_SECONDS = 30.0
"""So much longer than it may take we look: what is late is measured, and breaks its limit."""
_LOST = {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}


@dataclass(frozen=True)
class Pace:
    """How fast a silent zone is given up."""

    patience: float
    """Seconds for which its pods tolerate that their node is lost."""
    settings: Settings = field(default_factory=Settings)
    """The control plane's, which say when a node is lost, and when the next one."""


@dataclass(frozen=True)
class Outage:
    """What happened when. Moments are seconds since the sampling began; None for what never did."""

    zone: str
    nodes: frozenset[str]
    pace: Pace
    silent: float
    not_ready: float | None
    """When the last of its nodes was NotReady: from then on, no request goes to any of its pods."""
    evicted: float | None
    """When the last of its pods was told to go."""
    strong: float | None
    """When every workload had its wanted pods again, in the other zones."""
    speaking: float
    """When its nodes spoke again."""
    recording: Recording
    """Ends when the zone was whole again."""

    @property
    def truth(self) -> Recording:
        """The recording, but no pod of the zone ready while it was silent: the API server believes so for longer."""
        # No pod changed for the API server when the silence began: these moments have no sample of their own.
        edges = [self.recording.at(moment) for moment in (self.silent, self.speaking)]
        samples = sorted([*self.recording.samples, *edges], key=lambda sample: sample.at)
        return replace(self.recording, samples=[self._true(sample) for sample in samples])

    def after(self, moment: float | None) -> float | None:
        """Return how many seconds after the zone fell silent this was."""
        return None if moment is None else moment - self.silent

    def _true(self, sample: Sample) -> Sample:
        if not self.silent <= sample.at < self.speaking:
            return sample
        return replace(
            sample,
            pods=tuple(replace(pod, ready=pod.ready and pod.node not in self.nodes) for pod in sample.pods),
        )


def longest_until_not_ready(pace: Pace) -> float:
    """Return how many seconds it may take until all nodes of a silent zone are NotReady."""
    return pace.settings.node_grace + _NOTICE_SECONDS


def longest_until_evicted(nodes: int, pace: Pace) -> float:
    """Return how many seconds it may take until the pods of a silent zone of so many nodes are told to go."""
    steps = pace.settings.eviction_step * (nodes - 1)
    return longest_until_not_ready(pace) + steps + pace.patience + _NOTICE_SECONDS


def longest_until_strong(nodes: int, pace: Pace) -> float:
    """Return how many seconds it may take until the other zones hold all pods."""
    return longest_until_evicted(nodes, pace) + _START_SECONDS


def lose_zone(
    client: lightkube.Client, namespace: str, zone: str, wanted: Mapping[str, int], *, pace: Pace, sampler: Sampler
) -> Outage:
    """Silence a zone until every workload has its wanted pods elsewhere, then let it speak; return when it is whole.

    Its pods tolerate the loss of their node for the pace's patience rather than the 300 s that the API server gives
    them; the control plane must have its settings already.
    """
    nodes = frozenset(node.name for node in places(client) if node.zone == zone)
    shorten_patience(client, namespace, nodes, pace.patience)
    silent = sampler.now
    try:
        stop_heartbeats(client, zone)
        until = silent + longest_until_not_ready(pace)
        not_ready = _moment(sampler, until, lambda: not any(_ready(client, zone)))
        until = silent + longest_until_evicted(len(nodes), pace)
        evicted = _moment(sampler, until, lambda: all(pod.leaving for pod in sampler.pods if pod.node in nodes))
        until = silent + longest_until_strong(len(nodes), pace)
        strong = _moment(sampler, until, lambda: _is_strong(sampler, nodes, wanted))
    finally:
        speaking = sampler.now
        start_heartbeats(client, zone)
        happens_within(
            _BACK_SECONDS, lambda: all(_ready(client, zone)) and not any(pod.leaving for pod in sampler.pods)
        )
    return Outage(zone, nodes, pace, silent, not_ready, evicted, strong, speaking, sampler.recording)


def shorten_patience(client: lightkube.Client, namespace: str, nodes: Collection[str], seconds: float) -> None:
    """Let the pods of these nodes leave so many seconds after their node is lost, or is not Ready."""
    for pod in client.list(Pod, namespace=namespace):
        if pod.metadata and pod.metadata.name and pod.spec and pod.spec.nodeName in nodes:
            tolerations = [toleration.to_dict() for toleration in pod.spec.tolerations or []]
            patch = {"spec": {"tolerations": impatient(tolerations, seconds)}}
            client.patch(Pod, pod.metadata.name, patch, namespace=namespace, patch_type=PatchType.MERGE)


def impatient(tolerations: Iterable[Mapping[str, Any]], seconds: float) -> list[Mapping[str, Any]]:
    """Return a pod's tolerations with another time for lost nodes: all of them that a living pod may change."""
    return [
        {**toleration, "tolerationSeconds": round(seconds)} if toleration.get("key") in _LOST else toleration
        for toleration in tolerations
    ]


def _moment(sampler: Sampler, until: float, happened: Callable[[], bool]) -> float | None:
    return sampler.now if happens_within(until + _LATE_SECONDS - sampler.now, happened) else None


def _ready(client: lightkube.Client, zone: str) -> list[bool]:
    """Return of each node whether it is Ready, and not tainted as lost any more."""
    return [node.ready and not node.lost for node in places(client) if node.zone == zone]


def _is_strong(sampler: Sampler, nodes: Collection[str], wanted: Mapping[str, int]) -> bool:
    ready = Counter(pod.workload for pod in sampler.pods if pod.ready and pod.node not in nodes)
    return all(ready[workload] >= pods for workload, pods in wanted.items())
