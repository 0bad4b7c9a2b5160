"""The control planes of one account's clusters in one region, as CloudFormation's types of EKS need them."""

from dataclasses import dataclass

from eks_twin.app import ClusterName, Place
from eks_twin.cloud.simulated_nodes import SimulatedNodes
from eks_twin.clusters import Clusters


@dataclass(frozen=True)
class ControlPlanesAt:
    """See `ControlPlanes`."""

    clusters: Clusters
    place: Place

    def start(self, cluster: str) -> None:
        """Start the control plane of a cluster; one that runs already goes on."""
        self.clusters.start(ClusterName(self.place, cluster))

    def delete(self, cluster: str) -> None:
        """End the control plane, and forget what was in it."""
        self.clusters.delete(ClusterName(self.place, cluster))

    def nodes(self, cluster: str) -> SimulatedNodes:
        """Return the nodes of a cluster that runs."""
        return SimulatedNodes(self.clusters.open(ClusterName(self.place, cluster)))
