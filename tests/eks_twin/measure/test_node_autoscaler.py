import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import httpx2
import lightkube
import pytest
from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import (
    Container,
    NodeSpec,
    NodeStatus,
    PodCondition,
    PodSpec,
    PodStatus,
    ResourceRequirements,
    Taint,
    Toleration,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Node, Pod

from eks_twin.control_plane.nodes import NODE_GROUP_LABEL, ZONE_LABEL
from eks_twin.measure import node_autoscaler
from eks_twin.measure.node_autoscaler import (
    NodeAutoscaler,
    autoscaled_nodes,
    is_for,
    is_unschedulable,
    like,
    needed,
)

MEDIA = {"workload": "media-processing"}
TAINT = Taint(key="workload", value="media-processing", effect="NoSchedule")


def node(name: str = "system-1", *, group: str = "system", zone: str = "a", media: bool = False) -> Node:
    """Return a node of 4 cores."""
    labels = {NODE_GROUP_LABEL: group, ZONE_LABEL: zone, "kubernetes.io/hostname": name, **(MEDIA if media else {})}
    room = {"cpu": "4", "memory": "16Gi", "pods": "58"}
    return Node(
        metadata=ObjectMeta(name=name, labels=labels, uid="1", resourceVersion="7"),
        spec=NodeSpec(taints=[TAINT] if media else None, providerID="i-1", unschedulable=True),
        status=NodeStatus(capacity=room, allocatable=room),
    )


def pod(name: str = "pod", *, cpu: str = "1", media: bool = False, on: str | None = None, room: bool = False) -> Pod:
    """Return a pod that waits for room."""
    requests = ResourceRequirements(requests={"cpu": cpu, "memory": "1Gi"})
    return Pod(
        metadata=ObjectMeta(name=name, namespace="production"),
        spec=PodSpec(
            containers=[Container(name="c", resources=requests)],
            nodeName=on,
            nodeSelector=MEDIA if media else None,
            tolerations=[Toleration(key="workload", operator="Equal", value="media-processing")] if media else None,
        ),
        status=PodStatus(
            phase="Pending",
            conditions=[PodCondition(type="PodScheduled", status="False", reason=None if room else "Unschedulable")],
        ),
    )


class Cluster:
    """Stands in for the API server."""

    def __init__(self, nodes: Sequence[Node], pods: Sequence[Pod] = ()) -> None:
        self.nodes = {str(each.metadata.name): each for each in nodes if each.metadata}
        self.pods = {str(each.metadata.name): each for each in pods if each.metadata}
        self.cordoned: list[str] = []

    def list(self, kind: type[Any], *, namespace: str = "", fields: Mapping[str, str] | None = None) -> Iterator[Any]:
        if kind is Node:
            return iter(list(self.nodes.values()))
        assert namespace == "production"
        assert fields in (None, {"status.phase": "Pending"})
        return iter([each for each in self.pods.values() if not (fields and each.spec and each.spec.nodeName)])

    def create(self, made: Node) -> None:
        assert made.metadata
        self.nodes[str(made.metadata.name)] = made

    def patch(self, _: type[Node], name: str, patch: Mapping[str, Any]) -> None:
        assert patch == {"spec": {"unschedulable": True}}
        self.cordoned.append(name)

    def delete(self, kind: type[Any], name: str, *, namespace: str = "") -> None:
        assert namespace == ("" if kind is Node else "production")
        del (self.nodes if kind is Node else self.pods)[name]


def autoscaler(cluster: Cluster, **maxima: int) -> NodeAutoscaler:
    client = cast(lightkube.Client, cluster)
    return NodeAutoscaler(client, "production", {"system": 10, "media": 5} | maxima, delay=3)


def names(cluster: Cluster) -> list[str]:
    return sorted(cluster.nodes)


def test_pods_without_room_bring_a_node_after_the_delay() -> None:
    cluster = Cluster([node()], [pod()])
    nodes = autoscaler(cluster)
    nodes.look(0)
    nodes.look(2.9)
    assert names(cluster) == ["system-1"]
    nodes.look(3)
    assert names(cluster) == ["system-1", "system-a-added-1"]


class LosingAnswers(Cluster):
    """An API server that makes the second node, and is gone before it says so."""

    def __init__(self, nodes: Sequence[Node], pods: Sequence[Pod]) -> None:
        super().__init__(nodes, pods)
        self.calls = 0

    def create(self, made: Node) -> None:
        assert made.metadata
        if made.metadata.name in self.nodes:
            response = httpx2.Response(409, json={"code": 409, "message": "exists"})
            raise ApiError(request=httpx2.Request("POST", "http://a"), response=response)
        super().create(made)
        self.calls += 1
        if self.calls == 2:
            raise httpx2.ConnectError("gone")


def test_an_answer_that_was_lost_does_not_stop_the_nodes_that_follow() -> None:
    """The first node was created at every look again, and refused, for good."""
    cluster = LosingAnswers([node()], [pod(str(number), cpu="3") for number in range(3)])
    nodes = autoscaler(cluster)
    nodes.look(0)
    with pytest.raises(httpx2.ConnectError):
        nodes.look(3)
    nodes.look(4)
    assert len(cluster.nodes) == 4
    assert sorted(nodes.added) == sorted(set(cluster.nodes) - {"system-1"})


def test_as_many_nodes_come_as_the_pods_take() -> None:
    cluster = Cluster([node()], [pod(str(number), cpu="1500m") for number in range(8)])
    nodes = autoscaler(cluster)
    nodes.look(0)
    nodes.look(3)
    assert len(cluster.nodes) == 1 + 3


def test_nodes_that_are_on_their_way_are_not_ordered_twice() -> None:
    """Every look finds the same pods waiting: ordered each time, the group would be full at once."""
    cluster = Cluster([node()], [pod()])
    nodes = autoscaler(cluster)
    for moment in (0, 1, 2, 3):
        nodes.look(moment)
    assert len(cluster.nodes) == 2


def test_no_group_grows_beyond_its_maximum() -> None:
    cluster = Cluster([node()], [pod(str(number), cpu="4") for number in range(20)])
    nodes = autoscaler(cluster, system=3)
    for moment in (0, 3, 6, 9):
        nodes.look(moment)
    assert len(cluster.nodes) == 3


def test_each_pod_is_for_the_group_that_would_take_it() -> None:
    cluster = Cluster([node(), node("media-1", group="media", media=True)], [pod(media=True)])
    nodes = autoscaler(cluster)
    nodes.look(0)
    nodes.look(3)
    assert names(cluster) == ["media-1", "media-a-added-1", "system-1"]


def test_new_nodes_go_to_the_zones_with_the_fewest() -> None:
    cluster = Cluster([node(), node("system-2", zone="b")], [pod(str(number), cpu="4") for number in range(4)])
    nodes = autoscaler(cluster)
    nodes.look(0)
    nodes.look(3)
    zones = [(each.metadata.labels or {})[ZONE_LABEL] for each in cluster.nodes.values() if each.metadata]
    assert sorted(zones) == ["a", "a", "a", "b", "b", "b"]


def test_pods_that_only_wait_to_be_looked_at_bring_no_node() -> None:
    cluster = Cluster([node()], [pod(room=True)])
    nodes = autoscaler(cluster)
    nodes.look(0)
    nodes.look(3)
    assert names(cluster) == ["system-1"]


def test_the_number_of_nodes_is_known_over_time() -> None:
    cluster = Cluster([node()], [pod()])
    nodes = autoscaler(cluster)
    for moment in (0, 1, 3, 4):
        nodes.look(moment)
    assert nodes.nodes("system").points == [(0, 1), (3, 2)]


def test_nodes_that_came_leave_with_their_pods_moved_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pod on a node that is gone would hang until Kubernetes itself finds it, a minute later."""
    monkeypatch.setattr(node_autoscaler, "_LOOK_SECONDS", 0.01)
    cluster = Cluster([node()], [pod("waits")])
    with autoscaled_nodes(autoscaler(cluster)) as nodes:
        nodes.delay = 0
        deadline = time.monotonic() + 5
        while not nodes.added and time.monotonic() < deadline:
            time.sleep(0.01)
        cluster.pods = {"moves": pod("moves", on=nodes.added[0]), "stays": pod("stays", on="system-1")}
    assert (names(cluster), list(cluster.pods)) == (["system-1"], ["stays"])
    assert cluster.cordoned == nodes.added


def test_another_node_of_a_kind_is_empty_and_has_its_own_name_and_zone() -> None:
    cordon = Taint(key="node.kubernetes.io/unschedulable", effect="NoSchedule")
    model = node("media-1", group="media", media=True)
    assert model.spec
    assert model.spec.taints
    model.spec.taints.append(cordon)
    made = like(model, "b", 4)
    assert made.metadata
    assert made.spec
    assert made.status
    assert made.status.allocatable == {"cpu": "4", "memory": "16Gi", "pods": "58"}
    assert made.metadata.labels == {
        NODE_GROUP_LABEL: "media",
        ZONE_LABEL: "b",
        "kubernetes.io/hostname": "media-b-added-4",
        **MEDIA,
    }
    assert (made.metadata.name, made.metadata.uid, made.metadata.resourceVersion) == ("media-b-added-4", None, None)
    assert (made.spec.taints, made.spec.providerID, made.spec.unschedulable) == ([TAINT], None, None)


@pytest.mark.parametrize(
    ("media_node", "media_pod", "fits"),
    [(False, False, True), (True, False, False), (False, True, False), (True, True, True)],
)
def test_a_pod_fits_a_node_by_selector_and_toleration(media_node: bool, media_pod: bool, fits: bool) -> None:
    assert is_for(node(media=media_node), pod(media=media_pod)) is fits


def test_the_scarcest_resource_says_how_many_nodes_are_needed() -> None:
    assert needed([pod(cpu="100m") for _ in range(59)], node()) == 4  # by memory: 59 of 16 GiB each
    assert needed([pod(cpu="3")] * 3, node()) == 3


def test_only_what_the_scheduler_gave_up_on_is_unschedulable() -> None:
    assert is_unschedulable(pod())
    assert not is_unschedulable(pod(room=True))
