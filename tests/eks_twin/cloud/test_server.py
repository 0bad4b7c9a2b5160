"""The twin's AWS can be cut off, and forgets nothing by it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError

from eks_twin.aws_clients import Clients
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.processes.ports import free_ports


@pytest.fixture
def settings(tmp_path: Path) -> CloudSettings:
    nowhere = tmp_path / "nowhere"
    settings = CloudSettings(
        tmp_path, free_ports(["aws"])["aws"], "333333333333", "eu-west-1", "c", nowhere, nowhere, {}
    )
    settings.write()
    return settings


@pytest.fixture
def cloud(settings: CloudSettings) -> Iterator[Cloud]:
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    yield cloud
    cloud.end()
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_settings_are_read_as_they_were_written(settings: CloudSettings) -> None:
    assert CloudSettings.read(settings.file) == settings


@pytest.mark.usefixtures("cloud")
def test_the_account_is_the_environments(settings: CloudSettings) -> None:
    identity = Clients(settings.endpoint, "eu-west-1")("sts").get_caller_identity()
    assert identity["Account"] == "333333333333"


@pytest.mark.slow
def test_while_it_is_cut_off_it_refuses_and_afterwards_it_knows_all_that_it_knew(
    cloud: Cloud, settings: CloudSettings
) -> None:
    sqs = Clients(settings.endpoint, "eu-west-1")("sqs")
    queue = sqs.create_queue(QueueName="kept")["QueueUrl"]
    cloud.cut_off(8)
    threading.Event().wait(1.5)
    with pytest.raises(EndpointConnectionError):
        Clients(settings.endpoint, "eu-west-1")("sts").get_caller_identity()
    threading.Event().wait(8)
    assert queue in sqs.list_queues()["QueueUrls"]
