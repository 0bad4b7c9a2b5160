"""Silence is an alarm."""

import pytest
from aws_cdk import aws_sns as sns
from aws_cdk.assertions import Match, Template

from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.watchdog import Watchdog
from tests.aws.building import template_of
from tests.specs import an_environment

pytestmark = pytest.mark.aws


def template() -> Template:
    environment = an_environment(name="production")
    return template_of(
        lambda stack: Watchdog(
            stack, environment, key=encryption_key(stack, environment, "messaging"), tell=sns.Topic(stack, "operations")
        )
    )


def test_it_alarms_when_no_sign_of_life_comes() -> None:
    """A topic to which nothing was ever published has no figures at all."""
    template().has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {
            "MetricName": "NumberOfMessagesPublished",
            "ComparisonOperator": "LessThanThreshold",
            "Threshold": 1,
            "Period": 900,
            "TreatMissingData": "breaching",
            "AlarmActions": Match.any_value(),
        },
    )


def test_nobody_is_mailed_the_sign_of_life() -> None:
    template().resource_count_is("AWS::SNS::Subscription", 0)
    template().has_resource_properties("AWS::SNS::Topic", {"TopicName": "production-watchdog"})
