"""The control planes of one account's clusters in one region, as CloudFormation's types of EKS need them."""

from dataclasses import dataclass
from threading import RLock

from eks_twin.app import ClusterName, Place
from eks_twin.cloud.simulated_nodes import SimulatedNodes
from eks_twin.clusters import Clusters
from eks_twin.control_plane.nodes import SimulatedGroup

_ONE_AT_A_TIME = RLock()
"""msgspec, which reads the API server's answers for lightkube, may crash where two threads meet a type at once."""


@dataclass(frozen=True)
class ControlPlanesAt:
    """See `ControlPlanes`."""

    clusters: Clusters
    place: Place

    def start(self, cluster: str) -> None:
        """Start the control plane of a cluster; one that runs already goes on."""
        with _ONE_AT_A_TIME:
            self.clusters.start(ClusterName(self.place, cluster))

    def delete(self, cluster: str) -> None:
        """End the control plane, and forget what was in it."""
        self.clusters.delete(ClusterName(self.place, cluster))

    def nodes(self, cluster: str) -> "NodesInTurn":
        """Return the nodes of a cluster that runs."""
        return NodesInTurn(SimulatedNodes(self.clusters.open(ClusterName(self.place, cluster))))


@dataclass(frozen=True)
class NodesInTurn:
    """The nodes of a cluster, changed by one caller at a time."""

    nodes: SimulatedNodes

    def join(self, group: SimulatedGroup, kubernetes_version: str) -> None:
        """Make the group's nodes exactly those that it says."""
        with _ONE_AT_A_TIME:
            self.nodes.join(group, kubernetes_version)

    def leave(self, group: str) -> None:
        """Remove the group's nodes."""
        with _ONE_AT_A_TIME:
            self.nodes.leave(group)
