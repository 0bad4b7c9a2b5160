"""Simulated workers: as many as there are ready pods, each with one message at a time, on the real queue."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from threading import Event
from typing import Any

_BATCH = 10
"""What SQS takes in one call."""
_SENDERS = 4


@dataclass(frozen=True)
class Queue:
    """An SQS queue, through a boto3 client."""

    client: Any
    url: str

    def depth(self) -> int:
        """Return the messages that wait or are in flight: what KEDA counts with `scaleOnInFlight`."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)

    def fill(self, count: int, after: float = 0) -> None:
        """Send so many messages, all of which arrive so many seconds from now: as a burst, however long sending takes.

        SQS delays by whole seconds, so each arrives within half a second of that moment. `after`: at most 900.
        """
        arrival = time.monotonic() + after
        numbers = [str(number) for number in range(count)]
        with ThreadPoolExecutor(_SENDERS) as senders:
            list(senders.map(lambda batch: self._send(batch, arrival), _batches(numbers)))

    def take(self, count: int) -> Iterator[str]:
        """Receive up to so many messages without waiting for more; yield their handles. They are in flight then."""
        while count > 0:
            wanted = min(_BATCH, count)
            answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=wanted, WaitTimeSeconds=0)
            messages: Sequence[Mapping[str, str]] = answer.get("Messages", [])
            yield from (message["ReceiptHandle"] for message in messages)
            count = count - len(messages) if len(messages) == wanted else 0

    def delete(self, handles: Iterable[str]) -> None:
        """Delete messages that were taken."""
        for batch in _batches(list(handles)):
            entries = [{"Id": str(number), "ReceiptHandle": handle} for number, handle in enumerate(batch)]
            self.client.delete_message_batch(QueueUrl=self.url, Entries=entries)

    def purge(self) -> None:
        """Delete all messages."""
        self.client.purge_queue(QueueUrl=self.url)

    def _send(self, numbers: Sequence[str], arrival: float) -> None:
        delay = max(0, round(arrival - time.monotonic()))
        entries = [{"Id": number, "MessageBody": number, "DelaySeconds": delay} for number in numbers]
        self.client.send_message_batch(QueueUrl=self.url, Entries=entries)


@dataclass
class Workers:
    """The pods of one workload, as far as its queue sees them.

    A pod that is told to go finishes its message: its grace period is longer than the longest job.
    """

    queue: Queue
    job_seconds: float
    """How long a pod works on a message, on the wall clock."""
    pods: Callable[[], int]
    """Returns how many pods are ready now."""
    done: int = 0
    """Messages that were worked off."""
    _held: list[tuple[float, str]] = field(default_factory=list)
    """When each is done."""

    def turn(self, now: float) -> None:
        """Delete what is done by now, and hand a message to each pod that has none.

        A pod began its next message when it was done with the last one, not when we looked: slow looking does not make
        slow pods.
        """
        finished = sorted(held for held in self._held if held[0] <= now)
        self.queue.delete(handle for _, handle in finished)
        self.done += len(finished)
        self._held = [held for held in self._held if held[0] > now]
        free = max(0, self.pods() - len(self._held))
        begun = [*(moment for moment, _ in finished), *[now] * free][:free]
        taken = zip(begun, self.queue.take(free), strict=False)
        self._held.extend((moment + self.job_seconds, handle) for moment, handle in taken)

    def run(self, clock: Callable[[], float], stop: Event, every: float = 0.1) -> None:
        """Work until `stop` is set, looking every so many seconds. Messages that are held then stay in flight."""
        while not stop.wait(every):
            self.turn(clock())


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
