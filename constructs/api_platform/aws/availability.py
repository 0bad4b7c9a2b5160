"""How firmly a release stands: replicas, priority, requests, budget and spread of each kind of pod that it runs.

What serves the services, or lets their pods in, must outlive them: a pod of priority 0 is the first that the scheduler
evicts for a worker. Every chart has keys of its own for the same things; a component says which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api_platform.service import Cpu, Memory

EVERY_NODE: Final = "system-node-critical"
"""Kubernetes' own class for what a node is not whole without."""
GROUND: Final = "system-cluster-critical"
"""Kubernetes' own class for what a cluster is not whole without: far above `serving` and `background-work`."""
_SPREAD_OVER: Final = ("topology.kubernetes.io/zone", "kubernetes.io/hostname")


@dataclass(frozen=True)
class ChartKeys:
    """Where a chart takes a component's values from: dotted paths. None where it knows no such value."""

    resources: str
    priority: str | None = None
    """None: the chart itself gives the component a priority that fits."""
    replicas: str | None = None
    spread: str | None = None
    budget: str | None = None
    """Of its `minAvailable`."""
    budget_switch: str | None = None
    """What has to be true besides. Default: nothing."""


@dataclass(frozen=True)
class Component:
    """One kind of pod of a release."""

    name: str
    keys: ChartKeys
    cpu: Cpu
    """Requested."""
    memory: Memory
    """Requested, and the limit: what grows beyond it is restarted before it takes the node along."""
    labels: Mapping[str, str]
    """By which its pods are told from others."""
    replicas: int = 2
    """At the least. Default: 2, so that one can go."""
    per_node: bool = False
    """Whether there is one on each node (DaemonSet), whose number nobody sets. Default: no."""
    alone_because: str = ""
    """Why one replica is enough. Default: it is not."""

    @property
    def priority(self) -> str:
        """Return its PriorityClass."""
        return EVERY_NODE if self.per_node else GROUND

    @property
    def available(self) -> int:
        """Return how many may not be evicted at once: all but one."""
        return self.replicas - 1

    @property
    def resources(self) -> dict[str, Any]:
        """Return its requests and limits, as Kubernetes takes them."""
        memory = str(self.memory)
        return {"requests": {"cpu": str(self.cpu), "memory": memory}, "limits": {"memory": memory}}

    @property
    def values(self) -> dict[str, Any]:
        """Return what the chart is told."""
        return nested(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, Any]]:
        keys = self.keys
        yield keys.resources, self.resources
        if keys.priority:
            yield keys.priority, self.priority
        if keys.replicas:
            yield keys.replicas, self.replicas
        if keys.spread:
            yield keys.spread, [_spread(key, self.labels) for key in _SPREAD_OVER]
        if keys.budget and self.available:
            yield keys.budget, self.available
            if keys.budget_switch:
                yield keys.budget_switch, True


def nested(pairs: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """Return values at dotted paths as a chart takes them."""
    found: dict[str, Any] = {}
    for path, value in pairs:
        *outer, last = path.split(".")
        here = found
        for key in outer:
            here = here.setdefault(key, {})
        here[last] = value
    return found


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of both; of a value that both give, the second one's."""
    both = {key: _both(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


def _both(one: Any, other: Any) -> Any:
    return merged(one, other) if isinstance(one, Mapping) and isinstance(other, Mapping) else other


def _spread(key: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the wish to spread. A demand would keep a release from its own upgrade while a zone is gone."""
    return {
        "topologyKey": key,
        "maxSkew": 1,
        "whenUnsatisfiable": "ScheduleAnyway",
        "nodeTaintsPolicy": "Honor",
        "labelSelector": {"matchLabels": dict(labels)},
    }
