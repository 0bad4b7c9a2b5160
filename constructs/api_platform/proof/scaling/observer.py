"""What the workloads of a namespace do, as it happens: replicas wanted, pods ready."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import lightkube

from eks_twin.kubernetes_clients import without_models
from eks_twin.manifests import Manifest, table, text
from eks_twin.measure.steps import Steps
from eks_twin.watch import Watch

Samples = list[tuple[float, int]]


@dataclass(frozen=True)
class DeploymentReplicas:
    """How one Deployment stands."""

    workload: str
    wanted: int
    ready: int


class Observer:
    """Notes each change of each Deployment, with the moment at which the API server told of it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wanted: defaultdict[str, Samples] = defaultdict(list)
        self._ready: defaultdict[str, Samples] = defaultdict(list)

    def note(self, deployments: Sequence[DeploymentReplicas]) -> None:
        """Note how all Deployments stand now."""
        now = self._clock()
        for each in deployments:
            for samples, value in (self._wanted[each.workload], each.wanted), (self._ready[each.workload], each.ready):
                if not samples or samples[-1][1] != value:
                    samples.append((now, value))

    def replicas(self, workload: str) -> Steps:
        """Return how many replicas were wanted, over time. Raises ValueError where there is no such workload."""
        return Steps(tuple(self._wanted[workload]))

    def ready(self, workload: str) -> Steps:
        """Return how many pods were ready, over time. Raises ValueError where there is no such workload."""
        return Steps(tuple(self._ready[workload]))

    def wanted_now(self, workload: str) -> int:
        """Return the replicas that are wanted now; 0 where there is no such workload."""
        return self._wanted[workload][-1][1] if self._wanted[workload] else 0

    def ready_now(self, workload: str) -> int:
        """Return the pods that are ready now; 0 where there is no such workload."""
        return self._ready[workload][-1][1] if self._ready[workload] else 0


@contextmanager
def observing(client: lightkube.Client, namespace: str) -> Iterator[Observer]:
    """Observe the namespace's Deployments until the end of the block, from its first line on.

    Raises TwinError where the API server tells nothing of them.
    """
    observer = Observer()
    with without_models(client) as http:
        watch = Watch(http, f"/apis/apps/v1/namespaces/{namespace}/deployments", replicas)
        with watch.following(observer.note):
            yield observer


def replicas(deployment: Manifest) -> DeploymentReplicas:
    """Return how a Deployment stands. The API server leaves out a count that is 0."""
    ready = table(deployment, "status").get("readyReplicas", 0)
    return DeploymentReplicas(text(deployment, "metadata", "name"), deployment["spec"].get("replicas", 0), ready)
