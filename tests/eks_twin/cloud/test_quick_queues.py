import time
from collections.abc import Iterator, Sequence
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.sqs import models

from eks_twin.cloud.quick_queues import quicken_queues

pytestmark = pytest.mark.slow

DEPTH = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@pytest.fixture(autouse=True)
def moto_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put moto's own functions back after each test."""
    monkeypatch.setattr(models, "unix_time_millis", vars(models)["unix_time_millis"])
    monkeypatch.setattr(models.SQSBackend, "get_queue_attributes", models.SQSBackend.get_queue_attributes)


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield boto3.client("sqs", region_name="eu-west-1")


def queue(sqs: Any, *, visibility: int = 30, delay: int = 0, waiting: int = 3) -> str:
    """Return a queue with three messages, one more in flight."""
    attributes = {"VisibilityTimeout": str(visibility)}
    url = str(sqs.create_queue(QueueName="work", Attributes=attributes)["QueueUrl"])
    for number in range(waiting + 1):
        sqs.send_message(QueueUrl=url, MessageBody=str(number), DelaySeconds=delay)
    sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1, WaitTimeSeconds=0)
    return url


def attributes(sqs: Any, url: str, names: Sequence[str] = ("All",)) -> dict[str, str]:
    return dict(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names))["Attributes"])


@pytest.mark.parametrize("names", [DEPTH, ("All",), ("QueueArn",), (*DEPTH, "QueueArn"), ("MessageRetentionPeriod",)])
def test_quick_queues_answer_as_slow_ones_do(sqs: Any, names: Sequence[str]) -> None:
    url = queue(sqs)
    slow = attributes(sqs, url, names)
    quicken_queues()
    assert attributes(sqs, url, names) == slow


def test_messages_in_flight_come_back_after_their_time(sqs: Any) -> None:
    quicken_queues()
    url = queue(sqs, visibility=1)
    assert list(attributes(sqs, url, DEPTH).values()) == ["3", "1"]
    time.sleep(1.1)
    assert list(attributes(sqs, url, DEPTH).values()) == ["4", "0"]


def test_delayed_messages_are_not_there_yet(sqs: Any) -> None:
    quicken_queues()
    url = queue(sqs, delay=1)
    assert list(attributes(sqs, url, DEPTH).values()) == ["0", "0"]


def test_an_attribute_that_there_is_not_is_still_refused(sqs: Any) -> None:
    quicken_queues()
    url = queue(sqs)
    with pytest.raises(sqs.exceptions.InvalidAttributeName):
        attributes(sqs, url, ["Depth"])


def test_making_them_quick_twice_is_making_them_quick() -> None:
    quicken_queues()
    once = models.SQSBackend.get_queue_attributes
    quicken_queues()
    assert models.SQSBackend.get_queue_attributes is once
