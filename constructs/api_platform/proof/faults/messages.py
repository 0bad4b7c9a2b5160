"""Messages that wait in a queue, and must still be there when a fault is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api_platform.proof.stage import Stage

COUNT = 20


@dataclass(frozen=True)
class Waiting:
    """Messages that were sent to a queue of our own, beside those of the stacks: no worker takes them."""

    stage: Stage
    queue: str

    def missing(self) -> int:
        """Return how many of the messages are not there any more; more than were sent count, too."""
        attributes = self.stage.aws("sqs").get_queue_attributes(
            QueueUrl=self.queue, AttributeNames=["ApproximateNumberOfMessages"]
        )["Attributes"]
        return abs(COUNT - int(attributes["ApproximateNumberOfMessages"]))


@contextmanager
def kept_messages(stage: Stage) -> Iterator[Waiting]:
    """Send messages to a queue for the time of the block; the queue goes at its end."""
    sqs = stage.aws("sqs")
    queue = sqs.create_queue(QueueName="kept-over-faults")["QueueUrl"]
    try:
        for number in range(COUNT):
            sqs.send_message(QueueUrl=queue, MessageBody=str(number))
        yield Waiting(stage, queue)
    finally:
        sqs.delete_queue(QueueUrl=queue)
