"""The twin's EKS clusters: a control plane for each, with metrics, in a folder of its own."""

import shutil
from dataclasses import dataclass

from eks_twin.app import ClusterName
from eks_twin.binaries import Binaries
from eks_twin.control_plane import ControlPlane, open_control_plane, start_control_plane
from eks_twin.home import Home
from eks_twin.metrics_api.program import start_metrics_api
from eks_twin.processes import is_supervised, stop


@dataclass(frozen=True)
class Clusters:
    """All clusters of one twin."""

    home: Home
    """The twin's."""
    binaries: Binaries
    """The programs of a control plane."""
    stop_with: int | None = None
    """A process with which every cluster ends. Default: each runs until it is deleted, or the twin is taken down."""

    def start(self, cluster: ClusterName) -> ControlPlane:
        """Return the cluster's control plane; start it, empty, where it does not run. Raises TwinError."""
        home = self.home.of_cluster(cluster)
        if is_supervised(home):
            return open_control_plane(home)
        plane = start_control_plane(home, self.binaries, stop_with=self.stop_with)
        start_metrics_api(plane)
        return plane

    def open(self, cluster: ClusterName) -> ControlPlane:
        """Return the control plane of a cluster that runs. Raises TwinError where it does not."""
        return open_control_plane(self.home.of_cluster(cluster))

    def delete(self, cluster: ClusterName) -> None:
        """End the cluster and forget all that was in it."""
        home = self.home.of_cluster(cluster)
        stop(home)
        shutil.rmtree(home.folder, ignore_errors=True)
