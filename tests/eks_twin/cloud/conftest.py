"""The twin's AWS for the tests of its services: one for all of them."""

from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.running import running, settings_in

PLACE = Place("333333333333", "eu-west-1")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    settings = settings_in(tmp_path_factory.mktemp("twin"))
    with running(settings):
        yield Clients(settings.endpoint, PLACE)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Return a name that no other test gives to anything."""
    return "s" + str(abs(hash(request.node.nodeid)))
