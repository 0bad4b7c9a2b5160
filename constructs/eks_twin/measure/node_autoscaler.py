"""Nodes that come when pods find no room, as a node autoscaler would order them, up to the node group's maximum."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Thread
from time import monotonic, sleep

import httpx2
import lightkube
from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import NodeSpec, NodeStatus
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Node, Pod
from lightkube.utils.quantity import parse_quantity

from eks_twin.control_plane.nodes import NODE_GROUP_LABEL, ZONE_LABEL
from eks_twin.measure.steps import Steps, changes

_LOOK_SECONDS = 0.5
_LEAVE_SECONDS = 20.0
_HOSTNAME = "kubernetes.io/hostname"
_EXISTS_ALREADY = 409
_OWN_TAINT = "node.kubernetes.io/"


@dataclass
class NodeAutoscaler:
    """Watches for pods without room in one namespace."""

    client: lightkube.Client
    namespace: str
    maxima: Mapping[str, int]
    """Node group -> how many nodes it may have."""
    delay: float
    """Seconds on the wall clock between the order of a node and its arrival."""
    samples: defaultdict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    added: list[str] = field(default_factory=list)
    """Names of the nodes that came."""
    _ordered: list[tuple[float, Node]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def nodes(self, group: str) -> Steps:
        """Return how many nodes the group had, over time. Raises ValueError before the first look."""
        return changes(self.samples[group])

    def run(self, stop: Event) -> None:
        """Look until `stop` is set; an API server that does not answer is asked again."""
        while not stop.wait(_LOOK_SECONDS):
            try:
                self.look(monotonic())
            except (httpx2.HTTPError, ApiError):
                continue

    def look(self, now: float) -> None:
        """Let arrive what was ordered, and order what is missing."""
        self._receive(now)
        groups = self._groups()
        for group, nodes in groups.items():
            self.samples[group].append((now, len(nodes)))
        for group, pods in self._without_room(groups).items():
            if not any(_group(node) == group for _, node in self._ordered):
                room = self.maxima.get(group, 0) - len(groups[group])
                self._order(now, groups[group], min(room, needed(pods, groups[group][0])))

    def leave(self) -> None:
        """Take the nodes that came out of the cluster, with the pods on them moved elsewhere first."""
        for name in self.added:
            self.client.patch(Node, name, {"spec": {"unschedulable": True}})
        deadline = monotonic() + _LEAVE_SECONDS
        while (left := [pod for pod in self._pods() if _node(pod) in self.added]) and monotonic() < deadline:
            for pod in left:
                if pod.metadata and not pod.metadata.deletionTimestamp:
                    self.client.delete(Pod, str(pod.metadata.name), namespace=self.namespace)
            sleep(_LOOK_SECONDS)
        for name in self.added:
            self.client.delete(Node, name)

    def _receive(self, now: float) -> None:
        for order in [order for order in self._ordered if order[0] <= now]:
            name = str(order[1].metadata.name if order[1].metadata else "")
            try:
                self.client.create(order[1])
            except ApiError as error:
                if error.status.code != _EXISTS_ALREADY:  # it came, and the answer was lost
                    raise
            self._ordered.remove(order)
            self.added.append(name)

    def _groups(self) -> Mapping[str, Sequence[Node]]:
        groups: defaultdict[str, list[Node]] = defaultdict(list)
        for node in self.client.list(Node):
            groups[_group(node)].append(node)
        return groups

    def _pods(self) -> Sequence[Pod]:
        return list(self.client.list(Pod, namespace=self.namespace))

    def _without_room(self, groups: Mapping[str, Sequence[Node]]) -> Mapping[str, Sequence[Pod]]:
        """Return the pods that no node takes, by the group that could."""
        waiting: defaultdict[str, list[Pod]] = defaultdict(list)
        for pod in self.client.list(Pod, namespace=self.namespace, fields={"status.phase": "Pending"}):
            group = next((group for group, nodes in groups.items() if is_for(nodes[0], pod)), None)
            if is_unschedulable(pod) and group:
                waiting[group].append(pod)
        return waiting

    def _order(self, now: float, nodes: Sequence[Node], number: int) -> None:
        zones = Counter(_labels(node).get(ZONE_LABEL, "") for node in nodes)
        for _ in range(number):
            zone = min(sorted(zones), key=lambda each: zones[each])
            zones[zone] += 1
            self._ordered.append((now + self.delay, like(nodes[0], zone, next(self._numbers))))


@contextmanager
def autoscaled_nodes(autoscaler: NodeAutoscaler) -> Iterator[NodeAutoscaler]:
    """Run the autoscaler until the end of the block; then the nodes that it brought leave."""
    stop = Event()
    thread = Thread(target=autoscaler.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield autoscaler
    finally:
        stop.set()
        thread.join()
        autoscaler.leave()


def is_unschedulable(pod: Pod) -> bool:
    """Whether the scheduler found no room for the pod."""
    conditions = (pod.status.conditions if pod.status else None) or []
    return any(each.type == "PodScheduled" and each.reason == "Unschedulable" for each in conditions)


def is_for(node: Node, pod: Pod) -> bool:
    """Whether the pod's node selector fits the node, and it tolerates the node's taints by name."""
    wanted = (pod.spec.nodeSelector if pod.spec else None) or {}
    tolerated = {each.key for each in (pod.spec.tolerations if pod.spec else None) or []}
    tainted = {taint.key for taint in (node.spec.taints if node.spec else None) or [] if taint.effect == "NoSchedule"}
    labels = _labels(node)
    return all(labels.get(key) == value for key, value in wanted.items()) and tainted <= tolerated


def needed(pods: Sequence[Pod], node: Node) -> int:
    """Return how many such nodes the pods take, if they were poured in: a scheduler may need one more."""
    allocatable = (node.status.allocatable if node.status else None) or {}
    asked: Counter[str] = Counter({"pods": len(pods)})
    for pod in pods:
        for container in pod.spec.containers if pod.spec else ():
            for resource, quantity in ((container.resources and container.resources.requests) or {}).items():
                asked[resource] += float(parse_quantity(quantity) or 0)  # type: ignore[assignment]  # sums of any number
    shares = (float(asked[name]) / float(parse_quantity(room) or 1) for name, room in allocatable.items())
    return math.ceil(max(shares, default=0))


def like(node: Node, zone: str, number: int) -> Node:
    """Return one more node of the same kind, empty."""
    name = f"{_group(node)}-{zone}-added-{number}"
    labels = {**_labels(node), ZONE_LABEL: zone, _HOSTNAME: name}
    annotations = (node.metadata.annotations if node.metadata else None) or {}
    spec, status = node.spec, node.status
    return Node(
        metadata=ObjectMeta(name=name, labels=labels, annotations=annotations),
        # Without what Kubernetes itself puts on a node that is not ready or cordoned.
        spec=NodeSpec(taints=[taint for taint in (spec.taints if spec else None) or [] if _OWN_TAINT not in taint.key]),
        status=NodeStatus(
            capacity=status.capacity if status else None,
            allocatable=status.allocatable if status else None,
            addresses=status.addresses if status else None,
            daemonEndpoints=status.daemonEndpoints if status else None,
            nodeInfo=status.nodeInfo if status else None,
        ),
    )


def _labels(node: Node) -> Mapping[str, str]:
    return (node.metadata.labels if node.metadata else None) or {}


def _group(node: Node) -> str:
    return _labels(node).get(NODE_GROUP_LABEL, "")


def _node(pod: Pod) -> str:
    return (pod.spec.nodeName if pod.spec else None) or ""
