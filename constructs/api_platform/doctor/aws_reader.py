"""Reads AWS once: the depth of the environment's queues, and the state of its stacks."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from api_platform import names
from api_platform.aws_calls import aws_calls
from api_platform.doctor.observation import AwsState, QueueState, StackHealth
from api_platform.environment import Environment
from api_platform.service import Service

Client = Callable[[str], Any]
"""Service, e.g. `sqs` -> its boto3 client, in the environment's account and region."""

_LOOK_AGAIN_SECONDS: Final = 10.0
"""Between the two looks at a queue that holds messages: so long SQS may take to count what has come."""
_DEPTH: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
_FAILED: Final = re.compile(r"(CREATE|UPDATE|DELETE)_FAILED$")
_STOPPED: Final = ("cancelled", "The following resource(s) failed")
"""What CloudFormation says of resources that it stopped itself, since another had failed."""
_STACK: Final = "AWS::CloudFormation::Stack"
_HASH: Final = re.compile(r"[0-9A-F]{8}$")
_MESSAGE: Final = re.compile(r"Message returned: (?P<message>.*?)(?: Logs: /aws|\(RequestId|$)", re.DOTALL)


def read_aws(environment: Environment, services: Sequence[Service], client: Client) -> AwsState:
    """Return the state of the queues and the stacks. Queues that hold messages are looked at twice.

    Raises InputError where AWS cannot be asked.
    """
    consumers = [workload.name for service in services for workload in service.workloads if workload.consumer]
    with aws_calls(f"read the queues and stacks of {environment.name}"):
        sqs = client("sqs")
        queues, began = {consumer: _queue(environment, sqs, consumer) for consumer in consumers}, time.monotonic()
        stacks = tuple(_stacks(environment, client("cloudformation")))
        if any(queue and queue.messages for queue in queues.values()):
            time.sleep(max(0.0, _LOOK_AGAIN_SECONDS - (time.monotonic() - began)))
        for consumer, first in queues.items():
            now = _queue(environment, sqs, consumer) if first and first.messages else None
            if first and now:
                queues[consumer] = replace(now, earlier=first.messages, seconds=time.monotonic() - began)
        return AwsState(queues, stacks)


def _queue(environment: Environment, sqs: Any, consumer: str) -> QueueState | None:
    depth = _depth(sqs, names.queue_name(environment, consumer))
    if depth is None:
        return None
    return QueueState(depth, dead_letters=_depth(sqs, names.dead_letter_queue_name(environment, consumer)) or 0)


def _depth(sqs: Any, queue: str) -> int | None:
    try:
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(_DEPTH))["Attributes"]
    except sqs.exceptions.QueueDoesNotExist:
        return None
    return sum(int(found[attribute]) for attribute in _DEPTH)


def _stacks(environment: Environment, cloudformation: Any) -> Iterator[StackHealth]:
    """Yield the environment's stacks; of those whose last operation failed, with what failed first."""
    for page in cloudformation.get_paginator("describe_stacks").paginate():
        for stack in page["Stacks"]:
            called, status = str(stack["StackName"]), str(stack["StackStatus"])
            if not called.startswith(f"{environment.name}-"):
                continue
            reason = str(stack.get("StackStatusReason", ""))
            failed = "FAILED" in status or "ROLLBACK" in status
            event = _first_failed(cloudformation, called) if failed else None
            if event is None:
                yield StackHealth(called, status, reason=reason)
            else:
                said = str(event.get("ResourceStatusReason", ""))
                yield StackHealth(called, status, _resource(event), str(event["ResourceType"]), _in_words(said))


def _first_failed(cloudformation: Any, stack: str) -> Mapping[str, Any] | None:
    """Return the event of the first resource that failed by itself in the stack's last operation.

    That began with the last event of the stack itself that somebody asked for; a rollback belongs to it.
    """
    found = None
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
    for event in (event for page in pages for event in page["StackEvents"]):  # the newest first
        status, said = str(event["ResourceStatus"]), str(event.get("ResourceStatusReason", ""))
        if event["ResourceType"] == _STACK and event["LogicalResourceId"] == stack:
            if status in ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"):
                return found
        elif _FAILED.search(status) and not any(sign in said for sign in _STOPPED):
            found = event
    return found


def _resource(event: Mapping[str, Any]) -> str:
    """Return the Kubernetes object that the resource is, where it is one; else its logical id without the hash."""
    try:
        properties = json.loads(event.get("ResourceProperties") or "{}")
        (manifest,) = json.loads(properties["Manifest"])
        return f"{manifest['kind']}/{manifest['metadata']['name']}"
    except (KeyError, TypeError, ValueError):
        return _HASH.sub("", str(event["LogicalResourceId"]))


def _in_words(said: str) -> str:
    """Return a reason without the envelope that custom resources put it in."""
    found = _MESSAGE.search(said)
    return " ".join((found["message"] if found else said).split())
