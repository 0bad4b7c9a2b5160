"""An AWS for each test, whose control planes only remember what was asked of them."""

from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud import server
from tests.eks_twin.cloud.eks.control_planes import FakePlanes
from tests.eks_twin.cloud.eks.stack import settled
from tests.eks_twin.cloud.running import running, settings_in

PLACE = Place("333333333333", "us-east-1")


@pytest.fixture
def clients(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    monkeypatch.setattr(server, "ControlPlanesAt", FakePlanes)
    settings = settings_in(tmp_path_factory.mktemp("eks"))
    with running(settings):
        clients = Clients(settings.endpoint, PLACE)
        yield clients
        for stack in clients("cloudformation").describe_stacks()["Stacks"]:  # moto keeps all in one place
            clients("cloudformation").delete_stack(StackName=stack["StackName"])
            assert settled(clients, stack["StackId"]) == "DELETE_COMPLETE"
