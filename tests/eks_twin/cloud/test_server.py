"""The twin's AWS can be cut off, and forgets nothing by it."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from moto.iam.models import IAMBackend, Role

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from tests.eks_twin.cloud.running import running, settings_in

PLACE = Place("333333333333", "eu-west-1")

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path: Path) -> CloudSettings:
    return settings_in(tmp_path)


@pytest.fixture
def cloud(settings: CloudSettings) -> Iterator[Cloud]:
    with running(settings) as cloud:
        yield cloud


def test_settings_are_read_as_they_were_written(settings: CloudSettings) -> None:
    assert CloudSettings.read(settings.file) == settings


@pytest.mark.usefixtures("cloud")
def test_each_account_has_what_is_its_own(settings: CloudSettings) -> None:
    """With one account for all, three environments could not be deployed side by side."""
    other = Clients(settings.endpoint, Place("222222222222", PLACE.region))
    ours = Clients(settings.endpoint, PLACE)
    assert ours("sts").get_caller_identity()["Account"] == "333333333333"
    ours("sqs").create_queue(QueueName="ours")
    assert "QueueUrls" not in other("sqs").list_queues()


@pytest.mark.usefixtures("cloud")
def test_who_assumes_a_role_acts_in_its_account(settings: CloudSettings) -> None:
    """The CDK CLI signs with one account's key, and reaches the others' stacks by roles."""
    role = "arn:aws:iam::222222222222:role/deploy"
    granted = Clients(settings.endpoint, PLACE)("sts").assume_role(RoleArn=role, RoleSessionName="cdk")["Credentials"]
    session = boto3.session.Session(
        granted["AccessKeyId"], granted["SecretAccessKey"], granted["SessionToken"], PLACE.region
    )
    identity = session.client("sts", endpoint_url=settings.endpoint).get_caller_identity()
    assert identity["Account"] == "222222222222"


def test_while_it_is_cut_off_it_refuses_and_afterwards_it_knows_all_that_it_knew(
    cloud: Cloud, settings: CloudSettings
) -> None:
    sqs = Clients(settings.endpoint, PLACE)("sqs")
    queue = sqs.create_queue(QueueName="kept")["QueueUrl"]
    cloud.cut_off(8)
    threading.Event().wait(1.5)
    with pytest.raises(EndpointConnectionError):
        Clients(settings.endpoint, PLACE)("sts").get_caller_identity()
    threading.Event().wait(8)
    assert queue in sqs.list_queues()["QueueUrls"]


@pytest.mark.usefixtures("cloud")
def test_nobody_changes_what_somebody_else_is_reading(settings: CloudSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """moto looks for a role among all. One that was made meanwhile was an HTTP 500 to the other, once in a while."""

    def slowly(backend: IAMBackend) -> Iterator[Role]:
        for role in backend.roles.values():
            time.sleep(0.02)
            yield role

    monkeypatch.setattr(IAMBackend, "get_roles", slowly)
    clients = Clients(settings.endpoint, PLACE)
    iam, cloudformation = clients("iam"), clients("cloudformation")
    for number in range(3):
        iam.create_role(RoleName=f"r{number}", AssumeRolePolicyDocument="{}")
    with ThreadPoolExecutor(1) as reader:
        found = [reader.submit(iam.get_role, RoleName="r2") for _ in range(6)]
        for number in range(3):
            role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}
            cloudformation.create_stack(StackName=f"s{number}", TemplateBody=json.dumps({"Resources": {"R": role}}))
            iam.create_role(RoleName=f"s{number}", AssumeRolePolicyDocument="{}")
        assert {one.result()["Role"]["RoleName"] for one in found} == {"r2"}


@pytest.mark.usefixtures("cloud")
def test_who_waits_for_a_message_keeps_nobody_waiting(settings: CloudSettings) -> None:
    sqs = Clients(settings.endpoint, PLACE)("sqs")
    queue = sqs.create_queue(QueueName="quiet")["QueueUrl"]
    with ThreadPoolExecutor(1) as waiting:
        message = waiting.submit(sqs.receive_message, QueueUrl=queue, WaitTimeSeconds=10)
        time.sleep(0.5)
        sqs.send_message(QueueUrl=queue, MessageBody="at last")
        assert [one["Body"] for one in message.result(timeout=5)["Messages"]] == ["at last"]
