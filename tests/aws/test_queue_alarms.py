"""Alarms on work that waits or failed."""

import pytest

from tests.aws.synthesized import Resource, Synthesized, in_every_environment

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("stack", in_every_environment("worker-service-queues"))]


def alarms(synthesized: Synthesized, stack: str, metric: str) -> dict[str, Resource]:
    """Return queue's logical id -> the properties of its alarm on `metric`."""
    found = [one["Properties"] for one in synthesized.resources(stack, "AWS::CloudWatch::Alarm").values()]
    return {one["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: one for one in found if one["MetricName"] == metric}


def queues(synthesized: Synthesized, stack: str, *, dead: bool) -> dict[str, Resource]:
    found = synthesized.resources(stack, "AWS::SQS::Queue").items()
    return {key: one for key, one in found if one["Properties"]["QueueName"].endswith("-dead-letter") is dead}


def test_every_queue_has_one_on_the_age_of_its_oldest_message(synthesized: Synthesized, stack: str) -> None:
    expected = {
        key: 2 * one["Properties"]["VisibilityTimeout"] for key, one in queues(synthesized, stack, dead=False).items()
    }
    found = alarms(synthesized, stack, "ApproximateAgeOfOldestMessage")
    assert {key: one["Threshold"] for key, one in found.items()} == expected


def test_every_dead_letter_queue_has_one_on_its_first_message(synthesized: Synthesized, stack: str) -> None:
    found = alarms(synthesized, stack, "ApproximateNumberOfMessagesVisible")
    assert set(found) == set(queues(synthesized, stack, dead=True))
    assert {(one["Threshold"], one["ComparisonOperator"]) for one in found.values()} == {(0, "GreaterThanThreshold")}


def test_operations_hear_of_the_start_and_the_end(synthesized: Synthesized, stack: str) -> None:
    """The topic is in the stack that all queues share, which exports it."""
    for one in synthesized.resources(stack, "AWS::CloudWatch::Alarm").values():
        (action,) = one["Properties"]["AlarmActions"]
        assert one["Properties"]["OKActions"] == [action]
        assert action["Fn::ImportValue"].startswith(f"{stack.partition('/')[0]}-messaging:ExportsOutputRefOperations")


def test_an_idle_queue_alarms_nobody(synthesized: Synthesized, stack: str) -> None:
    """SQS stops reporting on a queue after six idle hours."""
    for one in synthesized.resources(stack, "AWS::CloudWatch::Alarm").values():
        assert one["Properties"]["TreatMissingData"] == "notBreaching"


def test_each_names_its_runbook(synthesized: Synthesized, stack: str) -> None:
    """Whoever gets the mail has nothing else to go by."""
    pages = {
        "ApproximateAgeOfOldestMessage": "/message-waits-too-long",
        "ApproximateNumberOfMessagesVisible": "/dead-letters",
    }
    for alarm in synthesized.resources(stack, "AWS::CloudWatch::Alarm").values():
        one = alarm["Properties"]
        assert one["AlarmDescription"].endswith(pages[one["MetricName"]])
