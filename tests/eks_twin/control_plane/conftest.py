"""A real control plane that the tests of this folder share, each in namespaces of its own."""

import os
from collections.abc import Iterator

import lightkube
import pytest

from eks_twin.binaries import Binaries
from eks_twin.control_plane import ControlPlane, Settings, start_control_plane
from eks_twin.control_plane.nodes import SimulatedGroup, join, nodes_of
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect
from eks_twin.processes import stop

ZONES = ("eu-west-1a", "eu-west-1b", "eu-west-1c")


@pytest.fixture(scope="session")
def control_plane(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with six nodes in three zones, which are NotReady after 6 s of silence."""
    home = Home(tmp_path_factory.mktemp("control-plane") / "twin")
    try:
        plane = start_control_plane(home, binaries, stop_with=os.getpid(), settings=Settings(node_grace=6))
        join(connect(home), nodes_of(SimulatedGroup("system", "m7g.large", ZONES, 6), "1.36", plane.kubelet_port))
        yield plane
    finally:
        stop(home)


@pytest.fixture
def client(control_plane: ControlPlane) -> lightkube.Client:
    return connect(control_plane.home)
