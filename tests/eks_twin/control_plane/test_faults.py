from pathlib import Path

import httpx2
import lightkube
import pytest
from lightkube.core.exceptions import ApiError
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import ConfigMap, Node

from eks_twin.control_plane import ControlPlane, open_control_plane
from eks_twin.control_plane.faults import is_back, kill, start_heartbeats, stop_heartbeats
from eks_twin.errors import TwinError
from eks_twin.home import Home
from tests.eks_twin.processes.tiny_programs import soon


def test_what_does_not_run_cannot_be_killed(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="etcd does not run"):
        kill(Home(tmp_path), "etcd")


def ready_nodes(client: lightkube.Client, zone: str) -> int:
    nodes = client.list(Node, labels={"topology.kubernetes.io/zone": zone})
    states = [(node.status.conditions or []) for node in nodes if node.status]
    return sum(any(one.type == "Ready" and one.status == "True" for one in state) for state in states)


def holds(client: lightkube.Client, name: str) -> bool:
    try:
        return client.get(ConfigMap, name).data == {"written": "before"}
    except (ApiError, httpx2.HTTPError):  # while it starts, and while nobody listens
        return False


@pytest.mark.slow
@pytest.mark.parametrize("program", ["kube-apiserver", "etcd"])
def test_a_killed_store_or_server_comes_back_where_it_was_with_all_that_was_written(
    control_plane: ControlPlane, client: lightkube.Client, program: str
) -> None:
    """etcd does not wait for the disk here: what it has acknowledged must outlive it all the same."""
    names = [f"{program}-{number}" for number in range(50)]
    for name in names:
        client.create(ConfigMap(metadata=ObjectMeta(name=name, namespace="default"), data={"written": "before"}))
    before = kill(control_plane.home, program)
    assert soon(lambda: is_back(control_plane.home, program, before))
    assert soon(lambda: holds(client, names[0]), 60)
    assert all(holds(client, name) for name in names)
    assert open_control_plane(control_plane.home) == control_plane


@pytest.mark.slow
def test_a_zone_falls_silent_and_comes_back(client: lightkube.Client) -> None:
    """By default that takes 50 s; the tests' control plane has 6."""
    assert len(stop_heartbeats(client, "eu-west-1b")) == 2
    zones = ("eu-west-1a", "eu-west-1b", "eu-west-1c")  # at once: on a busy machine others may fall silent for a moment
    assert soon(lambda: [ready_nodes(client, zone) for zone in zones] == [2, 0, 2], 30)
    start_heartbeats(client, "eu-west-1b")
    assert soon(lambda: ready_nodes(client, "eu-west-1b") == 2)
