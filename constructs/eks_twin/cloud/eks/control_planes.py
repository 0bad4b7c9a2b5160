"""What the types of EKS ask of control planes and of their nodes."""

from typing import Protocol

from eks_twin.control_plane.nodes import SimulatedGroup


class Nodes(Protocol):
    """Where nodes can join a cluster, and leave it."""

    def join(self, group: SimulatedGroup, kubernetes_version: str) -> None:
        """Make the group's nodes exactly those that it says."""

    def leave(self, group: str) -> None:
        """Remove the group's nodes."""


class ControlPlanes(Protocol):
    """Where clusters of one account and region come and go."""

    def start(self, cluster: str) -> None:
        """Start the control plane of a cluster; one that runs already goes on."""

    def delete(self, cluster: str) -> None:
        """End the control plane, and forget what was in it."""

    def nodes(self, cluster: str) -> Nodes:
        """Return the nodes of a cluster that runs."""
