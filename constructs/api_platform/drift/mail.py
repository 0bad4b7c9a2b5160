"""Tells an SNS topic what was found."""

import re
from typing import Final

from api_platform.aws_calls import aws_calls, session
from api_platform.doctor.health_report import HealthReport
from api_platform.doctor.output import summary, to_markdown
from api_platform.errors import InputError

_TOPIC: Final = re.compile(r"arn:aws:sns:(?P<region>[a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]+")
_LONGEST: Final = 60_000
"""Characters of a message, of at most four bytes each: SNS takes 256 KiB."""


def region_of(topic: str) -> str:
    """Return the region of the topic of this ARN. Raises InputError where it is none."""
    found = _TOPIC.fullmatch(topic)
    if not found:
        raise InputError(f"--topic {topic!r}: is no topic. Write its ARN: arn:aws:sns:REGION:ACCOUNT:NAME")
    return found["region"]


def mail(report: HealthReport, topic: str) -> None:
    """Publish the report to the topic of this ARN. Raises InputError where that is none, or AWS refuses."""
    subject = f"Drift in {summary(report)}"[:100]
    with aws_calls(f"publish to {topic}", every_refusal=True):
        client = session(region_of(topic)).client("sns")
        client.publish(TopicArn=topic, Subject=subject, Message=to_markdown(report)[:_LONGEST])
