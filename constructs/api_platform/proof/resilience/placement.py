"""Where pods are, where they may be, and what is left of a workload without one zone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import lightkube
from lightkube.models.core_v1 import NodeCondition
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Node

from api_platform import names
from eks_twin.control_plane.nodes import ZONE_LABEL
from eks_twin.measure.sampling import SampledPod

_LOST = "node.kubernetes.io/unreachable"


@dataclass(frozen=True)
class NodePlace:
    """A node."""

    name: str
    zone: str
    pool: str | None
    """The workloads' own pool that it belongs to; None for a common node."""
    ready: bool
    """Whether it says that it lives; False once it has been silent for too long."""
    lost: bool
    """Whether it is tainted as lost: no pods come, and those that are there leave, when they have waited enough."""


def places(client: lightkube.Client) -> Sequence[NodePlace]:
    """Return the nodes, by zone and name."""
    return sorted(map(_place, client.list(Node)), key=lambda place: (place.zone, place.name))


def by_zone(pods: Iterable[SampledPod], nodes: Sequence[NodePlace]) -> Mapping[str, Counter[str]]:
    """Return zone -> workload -> pods. Pods without a node do not count."""
    zone_of = {node.name: node.zone for node in nodes}
    counts: dict[str, Counter[str]] = {zone: Counter() for zone in sorted(set(zone_of.values()))}
    for pod in pods:
        if pod.node in zone_of:
            counts[zone_of[pod.node]][pod.workload] += 1
    return counts


def skew(counts: Mapping[str, Counter[str]], workload: str) -> int:
    """Return by how many pods the fullest zone exceeds the emptiest."""
    each = [counts[zone][workload] for zone in counts]
    return max(each) - min(each)


def zone_skews(client: lightkube.Client, namespace: str) -> Mapping[str, int]:
    """Return by how many pods the zones may differ: workload -> pods, of those that insist on it."""
    allowed: dict[str, int] = {}
    for deployment in client.list(Deployment, namespace=namespace):
        template = deployment.spec.template.spec if deployment.spec else None
        for constraint in (template.topologySpreadConstraints if template else None) or []:
            if constraint.topologyKey == ZONE_LABEL and constraint.whenUnsatisfiable == "DoNotSchedule":
                allowed[_name(deployment)] = constraint.maxSkew
    return allowed


def most_in_one_zone(pods: int, zones: int, max_skew: int = 1) -> int:
    """Return how many of its pods a workload may have in one zone, at most, if zones differ by `max_skew` at most.

    As many as there can be with `max_skew` fewer in every other zone, and never fewer than none there.
    """
    return min(pods, (pods + (zones - 1) * max_skew) // zones)


def left_without_a_zone(pods: int, zones: int, max_skew: int = 1) -> int:
    """Return how many pods a workload keeps, at least, when any one zone is gone."""
    return pods - most_in_one_zone(pods, zones, max_skew)


def worst_zone(counts: Mapping[str, Counter[str]]) -> str:
    """Return the zone whose loss takes the most pods; of equal ones, one that takes a whole workload."""
    totals = sum(counts.values(), Counter())

    def loss(zone: str) -> tuple[int, int]:
        return sum(counts[zone].values()), sum(counts[zone][workload] == totals[workload] for workload in counts[zone])

    return max(sorted(counts), key=loss)


def _name(resource: Node | Deployment) -> str:
    if resource.metadata is None or resource.metadata.name is None:
        raise ValueError("the API server returned an object without a name")
    return resource.metadata.name


def _place(node: Node) -> NodePlace:
    spec, status = node.spec, node.status
    labels = (node.metadata.labels if node.metadata else None) or {}
    conditions: Sequence[NodeCondition] = (status.conditions if status else None) or []
    return NodePlace(
        name=_name(node),
        zone=labels.get(ZONE_LABEL, ""),
        pool=labels.get(names.NODE_POOL_LABEL),
        ready=any(condition.type == "Ready" and condition.status == "True" for condition in conditions),
        lost=any(taint.key == _LOST for taint in (spec.taints if spec else None) or []),
    )
