"""Where alarms go."""

import pytest
from aws_cdk.assertions import Match, Template

from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.operations_topic import operations_topic
from tests.aws.building import template_of
from tests.specs import an_environment

pytestmark = pytest.mark.aws

CLOUDWATCH = {
    "Effect": "Allow",
    "Principal": {"Service": "cloudwatch.amazonaws.com"},
    "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
}


def topic() -> Template:
    environment = an_environment(operations_email="on-call@example.com")
    return template_of(
        lambda stack: operations_topic(stack, environment, encryption_key(stack, environment, "messaging"))
    )


def test_operations_get_a_mail() -> None:
    topic().has_resource_properties("AWS::SNS::Subscription", {"Protocol": "email", "Endpoint": "on-call@example.com"})


def test_cloudwatch_may_publish_and_use_the_key() -> None:
    """Without the second, alarms change colour and nobody hears of it: SNS drops what it cannot encrypt."""
    template = topic()
    template.has_resource_properties(
        "AWS::SNS::TopicPolicy", {"PolicyDocument": {"Statement": Match.array_with([Match.object_like(CLOUDWATCH)])}}
    )
    use = {**CLOUDWATCH, "Action": ["kms:Decrypt", "kms:GenerateDataKey*"]}
    template.has_resource_properties(
        "AWS::KMS::Key", {"KeyPolicy": {"Statement": Match.array_with([Match.object_like(use)])}}
    )


def test_it_takes_tls_only() -> None:
    refusal = {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    topic().has_resource_properties(
        "AWS::SNS::TopicPolicy", {"PolicyDocument": {"Statement": Match.array_with([Match.object_like(refusal)])}}
    )
