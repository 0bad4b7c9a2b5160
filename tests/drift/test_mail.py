"""What a topic is told."""

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from api_platform.drift.mail import mail, region_of
from api_platform.errors import InputError

FOUND = Diagnosis("drift", "orders", "Deployment/orders", "nobody declares it", "why", "kubectl get", "way")


def report(count: int) -> HealthReport:
    return HealthReport("production", None, (FOUND,) * count, ())


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "anything")
    with mock_aws():
        yield


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("count", [1, 5000])
def test_a_mail_says_how_much_and_what_however_much_it_is(count: int) -> None:
    """SNS refuses a message of more than 256 KiB, and then nobody would hear of the worst night."""
    sns, sqs = (boto3.client(service, "eu-west-1") for service in ("sns", "sqs"))
    topic = sns.create_topic(Name="operations")["TopicArn"]
    queue = sqs.create_queue(QueueName="mails")["QueueUrl"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:eu-west-1:123456789012:mails")
    mail(report(count), topic)
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    told = json.loads(message["Body"])
    assert told["Subject"] == f"Drift in production: {count} finding{'' if count == 1 else 's'}."
    assert "`Deployment/orders`" in told["Message"]
    assert len(told["Message"].encode()) < 256 * 1024


@pytest.mark.usefixtures("signed_in")
def test_a_topic_that_is_not_there_is_a_clear_refusal() -> None:
    with pytest.raises(
        InputError, match="cannot publish to arn:aws:sns:eu-west-1:123456789012:gone: AWS answers NotFound"
    ):
        mail(report(1), "arn:aws:sns:eu-west-1:123456789012:gone")


@pytest.mark.parametrize("topic", ["operations", "arn:aws:sqs:eu-west-1:123456789012:operations", ""])
def test_what_is_no_topic_is_refused(topic: str) -> None:
    with pytest.raises(InputError, match="is no topic"):
        region_of(topic)
