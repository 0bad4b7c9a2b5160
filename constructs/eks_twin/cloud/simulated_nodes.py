"""Lets simulated nodes join a cluster of the twin, and leave it."""

from dataclasses import dataclass
from typing import Any

from lightkube.models.core_v1 import Taint
from lightkube.resources.core_v1 import Node

from eks_twin.control_plane import ControlPlane
from eks_twin.control_plane.nodes import NODE_GROUP_LABEL, SimulatedGroup, join, leave, nodes_of
from eks_twin.kubernetes_clients import connect

_KUBERNETES_OWN = "kubernetes.io/"
"""Part of the names of labels and taints by which Kubernetes itself says how a node is."""


@dataclass(frozen=True)
class SimulatedNodes:
    """The nodes of one cluster."""

    plane: ControlPlane

    def join(self, group: SimulatedGroup, kubernetes_version: str) -> None:
        """Make the group's nodes exactly those that it says.

        As on EKS, other labels and taints reach the nodes that are there; only other machines take their place.
        """
        client = connect(self.plane.home)
        wanted = {
            str(node.metadata.name): node
            for node in nodes_of(group, kubernetes_version, self.plane.kubelet_port)
            if node.metadata
        }
        for present in client.list(Node, labels={NODE_GROUP_LABEL: group.name}):
            name = str(present.metadata.name) if present.metadata else ""
            if name not in wanted or _machine(present) != _machine(wanted[name]):
                client.delete(Node, name)
            elif change := changes(present, wanted[name]):
                client.patch(Node, name, change)
        join(client, wanted.values())

    def leave(self, group: str) -> None:
        """Remove the group's nodes."""
        leave(connect(self.plane.home), group)


def changes(present: Node, wanted: Node) -> dict[str, Any]:
    """Return the patch that gives a node its labels and taints; empty where it has them."""
    had, labels = _labels(present), _labels(wanted)
    new: dict[str, str | None] = {name: value for name, value in labels.items() if had.get(name) != value}
    new |= {name: None for name in had if name not in labels and _KUBERNETES_OWN not in name}
    patch: dict[str, Any] = {"metadata": {"labels": new}} if new else {}
    own, taints = [taint for taint in _taints(present) if _KUBERNETES_OWN in taint.key], _taints(wanted)
    if {repr(one) for one in _taints(present)} != {repr(one) for one in (*own, *taints)}:
        patch["spec"] = {"taints": [one.to_dict() for one in (*own, *taints)]}
    return patch


def _labels(node: Node) -> dict[str, str]:
    return (node.metadata.labels or {}) if node.metadata else {}


def _taints(node: Node) -> list[Taint]:
    return (node.spec.taints or []) if node.spec else []


def _machine(node: Node) -> object:
    """Return what only another machine can have."""
    disk = (node.status.capacity or {}).get("ephemeral-storage") if node.status else None
    return _labels(node).get("node.kubernetes.io/instance-type"), disk
