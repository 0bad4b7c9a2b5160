import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import boto3
import pytest
from moto import mock_aws

from api_platform.proof.scaling.worker import Queue, Workers

pytestmark = pytest.mark.slow


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue that would wait 20 seconds for messages, as the platform's do."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("sqs", region_name="eu-west-1")
        attributes = {"ReceiveMessageWaitTimeSeconds": "20", "VisibilityTimeout": "930"}
        yield Queue(client, client.create_queue(QueueName="work", Attributes=attributes)["QueueUrl"])


@dataclass
class Pods:
    ready: int = 2

    def __call__(self) -> int:
        return self.ready


def workers(queue: Queue, pods: Pods | None = None) -> Workers:
    return Workers(queue, 3, pods or Pods())


def in_flight(queue: Queue) -> int:
    name: Any = "ApproximateNumberOfMessagesNotVisible"
    answer = queue.client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=[name])
    return int(answer["Attributes"][name])


def test_a_queue_is_filled_with_as_many_messages_as_asked_for(queue: Queue) -> None:
    queue.fill(25)
    assert queue.depth() == 25


def test_a_burst_arrives_at_its_moment_and_not_before(queue: Queue) -> None:
    """Sending thousands takes seconds, which are minutes of scenario time: autoscalers would see a slope."""
    queue.fill(12, after=1)
    assert queue.depth() == 0
    time.sleep(1.1)
    assert queue.depth() == 12


def test_each_ready_pod_holds_one_message_which_is_in_flight_and_still_counts(queue: Queue) -> None:
    queue.fill(5)
    workers(queue).turn(0)
    assert (in_flight(queue), queue.depth()) == (2, 5)


def test_a_message_is_gone_when_its_job_is_done_and_not_before(queue: Queue) -> None:
    queue.fill(5)
    crew = workers(queue)
    depths = []
    for now in (0, 2.9, 3, 6):
        crew.turn(now)
        depths.append(queue.depth())
    assert (depths, crew.done) == ([5, 5, 3, 1], 4)


def test_a_pod_that_nobody_looked_at_for_a_while_has_gone_on_working(queue: Queue) -> None:
    """On a busy machine the looks come late. Counted from each look, the drain time would be the machine's."""
    queue.fill(6)
    crew = workers(queue)
    for now in (0, 5, 6):
        crew.turn(now)
    assert crew.done == 4


def test_more_pods_take_more_messages_in_batches(queue: Queue) -> None:
    queue.fill(30)
    workers(queue, Pods(23)).turn(0)
    assert in_flight(queue) == 23


def test_pods_that_are_told_to_go_finish_and_take_no_more(queue: Queue) -> None:
    queue.fill(10)
    pods = Pods(4)
    crew = workers(queue, pods)
    crew.turn(0)
    pods.ready = 1
    crew.turn(1)
    assert in_flight(queue) == 4
    crew.turn(3)
    assert (in_flight(queue), queue.depth()) == (1, 6)


def test_an_empty_queue_is_not_waited_for(queue: Queue) -> None:
    """The queues wait 20 seconds for a message: in the simulation that would stop the clock."""
    workers(queue).turn(0)
    assert queue.depth() == 0


def test_a_purged_queue_is_empty(queue: Queue) -> None:
    queue.fill(3)
    queue.purge()
    assert queue.depth() == 0


def test_workers_run_until_they_are_told_to_stop(queue: Queue) -> None:
    queue.fill(4)
    crew, stop = workers(queue), Event()
    moments = iter(range(1000))
    thread = Thread(target=crew.run, args=(lambda: float(next(moments)), stop, 0.001))
    thread.start()
    while crew.done < 4:
        assert thread.is_alive()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
