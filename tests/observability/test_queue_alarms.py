"""Alarms on a queue, before CloudWatch comes in."""

from api_platform.observability.queue_alarms import queue_alarms
from api_platform.service import QueueConsumer
from tests.specs import a_workload, an_environment


def test_a_message_may_wait_as_long_as_two_attempts_at_the_longest_job() -> None:
    worker = a_workload(exposure=None, uses=(QueueConsumer(longest_job_seconds=60),))
    thresholds = {one.name: one.threshold for one in queue_alarms(an_environment(), worker)}
    assert thresholds == {"MessageWaitsTooLong": 2 * worker.visibility_seconds, "DeadLetters": 0}


def test_each_says_where_its_runbook_is() -> None:
    worker = a_workload(exposure=None, uses=(QueueConsumer(longest_job_seconds=60),))
    (age, _) = queue_alarms(an_environment(), worker)
    assert age.description.endswith("Runbook: https://runbooks.example.com/message-waits-too-long")


def test_who_consumes_no_queue_has_none() -> None:
    assert queue_alarms(an_environment(), a_workload()) == ()
