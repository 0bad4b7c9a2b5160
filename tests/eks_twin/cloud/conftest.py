"""The twin's AWS for the tests of its services: one for all of them."""

import threading
from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.processes.ports import free_ports

PLACE = Place("333333333333", "eu-west-1")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    folder = tmp_path_factory.mktemp("twin")
    nowhere, port = folder / "nowhere", free_ports(["aws"])["aws"]
    settings = CloudSettings(folder, port, nowhere, nowhere, {}, {})
    settings.folder.mkdir()
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    yield Clients(settings.endpoint, PLACE)
    cloud.end()
    thread.join(timeout=5)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Return a name that no other test gives to anything."""
    return "s" + str(abs(hash(request.node.nodeid)))
