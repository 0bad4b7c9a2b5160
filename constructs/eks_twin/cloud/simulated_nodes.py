"""Lets simulated nodes join the twin's cluster, and leave it."""

from dataclasses import dataclass

from lightkube.resources.core_v1 import Node

from eks_twin.cluster import connect
from eks_twin.control_plane import open_control_plane
from eks_twin.control_plane.nodes import NODE_GROUP_LABEL, SimulatedGroup, join, leave, nodes_of
from eks_twin.home import Home


@dataclass(frozen=True)
class SimulatedNodes:
    """The nodes of one twin's cluster."""

    home: Home

    def join(self, group: SimulatedGroup, kubernetes_version: str) -> None:
        """Make the group's nodes exactly those that it says; those that are of another kind are exchanged."""
        client = connect(self.home)
        wanted = {
            str(node.metadata.name): node
            for node in nodes_of(group, kubernetes_version, open_control_plane(self.home).kubelet_port)
            if node.metadata
        }
        for present in client.list(Node, labels={NODE_GROUP_LABEL: group.name}):
            name = str(present.metadata.name) if present.metadata else ""
            if name not in wanted or _kind(present) != _kind(wanted[name]):
                client.delete(Node, name)
        join(client, wanted.values())

    def leave(self, group: str) -> None:
        """Remove the group's nodes."""
        leave(connect(self.home), group)


def _kind(node: Node) -> object:
    labels = (node.metadata.labels if node.metadata else None) or {}
    return labels.get("node.kubernetes.io/instance-type"), node.spec.taints if node.spec else None
