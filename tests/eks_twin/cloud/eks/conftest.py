"""An AWS for each test, whose control planes only remember what was asked of them."""

import threading
from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud import server
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.processes.ports import free_ports
from tests.eks_twin.cloud.eks.control_planes import FakePlanes
from tests.eks_twin.cloud.eks.stack import settled

PLACE = Place("333333333333", "us-east-1")


@pytest.fixture
def clients(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    folder = tmp_path_factory.mktemp("eks")
    monkeypatch.setattr(server, "ControlPlanesAt", FakePlanes)
    settings = CloudSettings(folder, free_ports(["aws"])["aws"], folder, folder, {}, {})
    settings.folder.mkdir()
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    clients = Clients(settings.endpoint, PLACE)
    yield clients
    for stack in clients("cloudformation").describe_stacks()["Stacks"]:  # moto keeps all in one place
        clients("cloudformation").delete_stack(StackName=stack["StackName"])
        assert settled(clients, stack["StackId"]) == "DELETE_COMPLETE"
    cloud.end()
    thread.join(timeout=5)
