"""Queues: every worker's own, and what it failed on."""

import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from api_platform.access import QueueAccess
from api_platform.aws.work_queue import WorkQueue
from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.services import all_services
from tests.aws.building import template_of
from tests.aws.synthesized import Resource, Synthesized
from tests.specs import an_environment

pytestmark = pytest.mark.aws

QUEUE = "AWS::SQS::Queue"
ROLE = "arn:aws:iam::123456789012:role/"
ACCESS = QueueAccess("orders", f"{ROLE}orders", (f"{ROLE}shop",))


def queue() -> Template:
    return template_of(
        lambda stack: WorkQueue(stack, an_environment(), ACCESS, visibility_seconds=600, key=kms.Key(stack, "Key"))
    )


def queues(synthesized: Synthesized, environment: str) -> dict[str, tuple[str, Resource]]:
    """Return queue name -> logical id and properties."""
    found = synthesized.resources(f"{environment}/worker-service-queues", QUEUE)
    return {one["Properties"]["QueueName"]: (key, one["Properties"]) for key, one in found.items()}


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_every_consumer_has_its_queue_and_its_dead_letter_queue(synthesized: Synthesized, environment: str) -> None:
    consumers = ("media-processor", "outbox-processor", "data-export")
    names = {f"{environment}-{one}{suffix}" for one in consumers for suffix in ("", "-dead-letter")}
    assert set(queues(synthesized, environment)) == names


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_what_failed_five_times_goes_to_its_own_dead_letter_queue(synthesized: Synthesized, environment: str) -> None:
    found = queues(synthesized, environment)
    for name, (_, properties) in found.items():
        if not name.endswith("-dead-letter"):
            redrive = properties["RedrivePolicy"]
            assert redrive["maxReceiveCount"] == 5
            assert redrive["deadLetterTargetArn"]["Fn::GetAtt"][0] == found[f"{name}-dead-letter"][0]


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_visibility_is_the_specs(synthesized: Synthesized, environment: str) -> None:
    """Shorter than a job and its grace, a slow job would be done twice."""
    (loaded,) = load_environments(environment)
    found = queues(synthesized, environment)
    for service in all_services(loaded):
        for workload in service.workloads:
            if workload.consumer:
                _, properties = found[f"{environment}-{workload.name}"]
                assert properties["VisibilityTimeout"] == workload.visibility_seconds


def test_waiting_for_messages_takes_twenty_seconds_a_call() -> None:
    queue().has_resource_properties(QUEUE, {"QueueName": "production-orders", "ReceiveMessageWaitTimeSeconds": 20})


def test_dead_letters_are_kept_longer_than_the_queue_keeps_its_own() -> None:
    """A message takes its age along: kept equally long, it would vanish just as somebody looks."""
    template = queue()
    template.has_resource_properties(QUEUE, {"QueueName": "production-orders", "MessageRetentionPeriod": 7 * 86_400})
    template.has_resource_properties(
        QUEUE, {"QueueName": "production-orders-dead-letter", "MessageRetentionPeriod": 14 * 86_400}
    )


def test_only_its_own_queue_may_use_a_dead_letter_queue() -> None:
    arn = "arn:aws:sqs:eu-west-1:123456789012:production-orders"
    queue().has_resource_properties(
        QUEUE, {"RedriveAllowPolicy": {"redrivePermission": "byQueue", "sourceQueueArns": [arn]}}
    )


def test_both_are_encrypted_under_our_key_and_kept_in_production() -> None:
    queue().all_resources(
        QUEUE,
        {
            "Properties": Match.object_like({"KmsMasterKeyId": Match.any_value()}),
            "DeletionPolicy": "RetainExceptOnCreate",
            "UpdateReplacePolicy": "Retain",
        },
    )
