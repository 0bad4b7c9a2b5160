"""Simulated nodes, which look to Kubernetes as those of an EKS node group do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import lightkube
from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import (
    DaemonEndpoint,
    NodeAddress,
    NodeDaemonEndpoints,
    NodeSpec,
    NodeStatus,
    NodeSystemInfo,
    Taint,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Node

from eks_twin.control_plane.instance_types import Machine, machine

NODE_GROUP_LABEL = "eks.amazonaws.com/nodegroup"
ZONE_LABEL = "topology.kubernetes.io/zone"
_EXISTS_ALREADY = 409


@dataclass(frozen=True)
class SimulatedGroup:
    """The machines of one node group."""

    name: str
    instance_type: str
    """EC2 instance type, e.g. m7g.large: see `machine` for those that are known."""
    zones: tuple[str, ...]
    """The nodes are dealt out over them in turn, as an Auto Scaling group does."""
    count: int
    disk_gib: int = 100
    labels: Mapping[str, str] = field(default_factory=dict)
    """Beside those that EKS sets."""
    taints: tuple[Taint, ...] = ()


def nodes_of(group: SimulatedGroup, kubernetes_version: str, kubelet_port: int) -> list[Node]:
    """Return the group's nodes, named `<group>-<zone>-<number>`.

    `kubelet_port`: where the API server asks for logs (`ControlPlane.kubelet_port`). Raises InputError on an instance
    type that is not known.
    """
    kind = machine(group.instance_type)
    return [_node(group, kind, number, kubernetes_version, kubelet_port) for number in range(group.count)]


def join(client: lightkube.Client, nodes: Iterable[Node]) -> None:
    """Let the nodes join the cluster; those that are in it already stay as they are."""
    for node in nodes:
        try:
            client.create(node)
        except ApiError as error:
            if error.status.code != _EXISTS_ALREADY:
                raise


def leave(client: lightkube.Client, group: str) -> None:
    """Take the group's nodes out of the cluster, undrained."""
    for node in client.list(Node, labels={NODE_GROUP_LABEL: group}):
        if node.metadata and node.metadata.name:
            client.delete(Node, node.metadata.name)


def _node(group: SimulatedGroup, kind: Machine, number: int, kubernetes_version: str, kubelet_port: int) -> Node:
    zone = group.zones[number % len(group.zones)]
    name = f"{group.name}-{zone}-{number // len(group.zones) + 1}"
    return Node(
        metadata=ObjectMeta(
            name=name,
            labels={**group.labels, **_labels(group, kind, zone), "kubernetes.io/hostname": name},
            annotations={"kwok.x-k8s.io/node": "fake"},
        ),
        spec=NodeSpec(taints=list(group.taints)),
        status=NodeStatus(
            # All nodes are here: what the API server asks of a kubelet must not leave the machine.
            addresses=[NodeAddress(type="InternalIP", address="127.0.0.1"), NodeAddress(type="Hostname", address=name)],
            daemonEndpoints=NodeDaemonEndpoints(kubeletEndpoint=DaemonEndpoint(Port=kubelet_port)),
            capacity={**kind.capacity, "ephemeral-storage": f"{group.disk_gib}Gi"},
            allocatable={**kind.allocatable, "ephemeral-storage": _allocatable_disk(group.disk_gib)},
            nodeInfo=_info(kind, kubernetes_version),
        ),
    )


def _labels(group: SimulatedGroup, kind: Machine, zone: str) -> dict[str, str]:
    return {
        "kubernetes.io/arch": kind.architecture,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": group.instance_type,
        "topology.kubernetes.io/region": zone[:-1],
        ZONE_LABEL: zone,
        NODE_GROUP_LABEL: group.name,
        "eks.amazonaws.com/capacityType": "ON_DEMAND",
    }


def _allocatable_disk(disk_gib: int) -> str:
    """Return what pods may have: not the tenth at which the kubelet evicts, nor the GiB that EKS keeps for it."""
    return f"{int(disk_gib * 1024 * 0.9) - 1024}Mi"


def _info(kind: Machine, kubernetes_version: str) -> NodeSystemInfo:
    return NodeSystemInfo(
        architecture=kind.architecture,
        operatingSystem="linux",
        osImage="simulated",
        kubeletVersion=f"v{kubernetes_version}.0-simulated",
        containerRuntimeVersion="simulated://0.0.0",
        kernelVersion="simulated",
        kubeProxyVersion="",
        bootID="",
        machineID="",
        systemUUID="",
    )
