"""What the workloads of a namespace do, as it happens: replicas wanted, pods ready."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

import lightkube
from lightkube.resources.apps_v1 import Deployment

from eks_twin.measure.steps import Steps, changes
from eks_twin.metrics_api.following import follow

Samples = list[tuple[float, int]]


class Observer:
    """Notes each change of each Deployment, with the moment at which the API server told of it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wanted: defaultdict[str, Samples] = defaultdict(list)
        self._ready: defaultdict[str, Samples] = defaultdict(list)

    def replace(self, resources: Iterable[Deployment]) -> None:
        """Note a whole list."""
        for resource in resources:
            self.apply("LISTED", resource)

    def apply(self, _: str, resource: Deployment) -> None:
        """Note how one Deployment stands."""
        name = resource.metadata.name if resource.metadata else None
        if not name:
            return
        wanted = resource.spec.replicas if resource.spec else None
        ready = resource.status.readyReplicas if resource.status else None
        with self._lock:
            self._wanted[name].append((self._clock(), wanted or 0))
            self._ready[name].append((self._clock(), ready or 0))

    def replicas(self, workload: str) -> Steps:
        """Return how many replicas were wanted, over time. Raises ValueError where there is no such workload."""
        with self._lock:
            return changes(self._wanted[workload])

    def ready(self, workload: str) -> Steps:
        """Return how many pods were ready, over time. Raises ValueError where there is no such workload."""
        with self._lock:
            return changes(self._ready[workload])

    def wanted_now(self, workload: str) -> int:
        """Return the replicas that are wanted now; 0 where there is no such workload."""
        with self._lock:
            return self._wanted[workload][-1][1] if self._wanted[workload] else 0

    def ready_now(self, workload: str) -> int:
        """Return the pods that are ready now; 0 where there is no such workload."""
        with self._lock:
            return self._ready[workload][-1][1] if self._ready[workload] else 0


@contextmanager
def observing(client: lightkube.Client, namespace: str) -> Iterator[Observer]:
    """Observe the namespace's Deployments until the end of the block."""
    observer, stop = Observer(), Event()
    options = {"namespace": namespace}
    Thread(target=follow, args=(client, Deployment, observer, stop), kwargs=options, daemon=True).start()
    try:
        yield observer
    finally:
        stop.set()
