"""One AWS for all tests of types."""

from collections.abc import Iterator

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.running import running, settings_in
from tests.eks_twin.cloud.types.functions import ARCHIVES, archive
from tests.eks_twin.cloud.types.iam import GROUP, USER

PLACE = Place("333333333333", "eu-west-1")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    settings = settings_in(tmp_path_factory.mktemp("types"))
    with running(settings):
        clients = Clients(settings.endpoint, PLACE)
        clients("iam").create_user(UserName=USER)
        clients("iam").create_group(GroupName=GROUP)
        clients("s3").create_bucket(Bucket=ARCHIVES, CreateBucketConfiguration={"LocationConstraint": PLACE.region})
        for name in ("one", "two"):
            clients("s3").put_object(Bucket=ARCHIVES, Key=name, Body=archive(name))
        yield clients
