from collections import Counter

from lightkube.models.core_v1 import Taint
from lightkube.resources.core_v1 import Node

from eks_twin.control_plane.nodes import SimulatedGroup, nodes_of

ZONES = ("eu-west-1a", "eu-west-1b", "eu-west-1c")
TAINT = Taint(key="workload", value="media-processing", effect="NoSchedule")


def nodes(**changes: object) -> list[Node]:
    facts: dict[str, object] = {"name": "system", "instance_type": "m7g.large", "zones": ZONES, "count": 6} | changes
    return nodes_of(SimulatedGroup(**facts), "1.36", 20250)  # type: ignore[arg-type]  # a test's own words


def labels_of(node: Node) -> dict[str, str]:
    assert node.metadata is not None
    return node.metadata.labels or {}


def test_nodes_are_dealt_out_over_the_zones() -> None:
    zones = Counter(labels_of(node)["topology.kubernetes.io/zone"] for node in nodes(count=7))
    assert sorted(zones.values()) == [2, 2, 3]


def test_names_tell_group_zone_and_number() -> None:
    names = [node.metadata.name for node in nodes(count=4) if node.metadata]
    assert names == ["system-eu-west-1a-1", "system-eu-west-1b-1", "system-eu-west-1c-1", "system-eu-west-1a-2"]


def test_labels_are_those_that_eks_sets() -> None:
    (node,) = nodes(count=1, labels={"workload": "media-processing"})
    assert labels_of(node) == {
        "workload": "media-processing",
        "kubernetes.io/arch": "arm64",
        "kubernetes.io/os": "linux",
        "kubernetes.io/hostname": "system-eu-west-1a-1",
        "node.kubernetes.io/instance-type": "m7g.large",
        "topology.kubernetes.io/region": "eu-west-1",
        "topology.kubernetes.io/zone": "eu-west-1a",
        "eks.amazonaws.com/nodegroup": "system",
        "eks.amazonaws.com/capacityType": "ON_DEMAND",
    }


def test_taints_and_disk_are_the_groups() -> None:
    (node,) = nodes(count=1, taints=(TAINT,), disk_gib=300)
    assert node.spec is not None
    assert node.spec.taints == [TAINT]
    assert node.status is not None
    assert node.status.capacity is not None
    assert node.status.capacity["ephemeral-storage"] == "300Gi"
    assert node.status.allocatable is not None
    assert node.status.allocatable["ephemeral-storage"] == "275456Mi"


def test_what_is_asked_of_a_kubelet_stays_on_this_machine() -> None:
    """`kubectl logs` would else call an address in somebody's network."""
    (node,) = nodes(count=1)
    assert node.status is not None
    addresses = [one.address for one in node.status.addresses or [] if one.type == "InternalIP"]
    assert addresses == ["127.0.0.1"]
