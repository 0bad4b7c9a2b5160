"""One AWS for all tests of types."""

import threading
from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.processes.ports import free_ports
from tests.eks_twin.cloud.types.functions import ARCHIVES, archive
from tests.eks_twin.cloud.types.iam import GROUP, USER

PLACE = Place("333333333333", "eu-west-1")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    folder = tmp_path_factory.mktemp("types")
    nowhere = folder / "nowhere"
    settings = CloudSettings(folder, free_ports(["aws"])["aws"], nowhere, nowhere, {}, {})
    settings.folder.mkdir()
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    clients = Clients(settings.endpoint, PLACE)
    clients("iam").create_user(UserName=USER)
    clients("iam").create_group(GroupName=GROUP)
    clients("s3").create_bucket(Bucket=ARCHIVES, CreateBucketConfiguration={"LocationConstraint": PLACE.region})
    for name in ("one", "two"):
        clients("s3").put_object(Bucket=ARCHIVES, Key=name, Body=archive(name))
    yield clients
    cloud.end()
    thread.join(timeout=5)
