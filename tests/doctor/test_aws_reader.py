"""Reads queues and stacks, and finds the resource that failed first."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api_platform.doctor import aws_reader
from api_platform.doctor.aws_reader import read_aws
from api_platform.doctor.observation import AwsState, QueueState, StackHealth
from tests.rules.platform import a_platform

MESSAGE = "Received response status [FAILED] from custom resource. Message returned: Error: b'bad\nimage' Logs: /aws/x"


class Gone(Exception):  # noqa: N818  (as botocore calls it)
    """Stands for SQS's own exception."""


class FakeSqs:
    """Queues by name: the depths that are told one after another."""

    class exceptions:  # noqa: N801  (as botocore calls it)
        QueueDoesNotExist = Gone

    def __init__(self, depths: Mapping[str, list[int]]) -> None:
        self.depths = depths

    def get_queue_url(self, *, QueueName: str) -> dict[str, str]:  # noqa: N803
        if QueueName not in self.depths:
            raise Gone
        return {"QueueUrl": QueueName}

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:  # noqa: N803
        depths = self.depths[QueueUrl]
        depth = depths.pop(0) if len(depths) > 1 else depths[0]
        return {"Attributes": {name: str(depth if name.endswith("Messages") else 0) for name in AttributeNames}}


class FakeCloudFormation:
    """Stacks with their events, the newest first."""

    def __init__(self, stacks: Mapping[str, str], events: list[dict[str, str]]) -> None:
        self.stacks, self.events = stacks, events

    def get_paginator(self, call: str) -> "FakeCloudFormation":
        self.call = call
        return self

    def paginate(self, **_: str) -> Iterator[dict[str, Any]]:
        if self.call == "describe_stack_events":
            yield {"StackEvents": self.events}
        else:
            yield {"Stacks": [{"StackName": name, "StackStatus": status} for name, status in self.stacks.items()]}


def event(resource: str, status: str, reason: str = "", **more: str) -> dict[str, str]:
    kind = "AWS::CloudFormation::Stack" if resource == "production-orders" else "Custom::AWSCDK-EKS-KubernetesResource"
    return {
        "LogicalResourceId": resource,
        "ResourceType": kind,
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
        **more,
    }


def read(
    depths: Mapping[str, list[int]], status: str = "UPDATE_COMPLETE", events: list[dict[str, str]] | None = None
) -> AwsState:
    platform = a_platform()
    stacks = {"production-orders": status, "staging-orders": "UPDATE_FAILED", "CDKToolkit": "UPDATE_COMPLETE"}
    clients = {"sqs": FakeSqs(depths), "cloudformation": FakeCloudFormation(stacks, events or [])}
    return read_aws(platform.environment, platform.services, clients.__getitem__)


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_reader, "_LOOK_AGAIN_SECONDS", 0.0)


def test_an_empty_queue_is_looked_at_once() -> None:
    found = read({"production-parcels": [0, 9], "production-parcels-dead-letter": [0]})
    assert found.queues == {"parcels": QueueState(0)}


def test_a_queue_with_messages_is_looked_at_twice() -> None:
    queue = read({"production-parcels": [40, 70], "production-parcels-dead-letter": [2]}).queues["parcels"]
    assert queue is not None
    assert (queue.messages, queue.earlier, queue.dead_letters, queue.shrinks) == (70, 40, 2, False)


def test_a_queue_that_is_gone_is_told_from_an_empty_one() -> None:
    assert read({}).queues == {"parcels": None}


def test_only_the_environments_stacks_are_read() -> None:
    assert read({}).stacks == (StackHealth("production-orders", "UPDATE_COMPLETE"),)


def test_the_first_resource_that_failed_by_itself_is_named() -> None:
    """The last one only follows: CloudFormation stops the others, and fails again on the way back."""
    events = [
        event("production-orders", "UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: [B]"),
        event("B0000001B", "UPDATE_FAILED", "later"),
        event("DeploymentproductionordersAB12CD34", "UPDATE_FAILED", MESSAGE),
        event("C0000001C", "UPDATE_FAILED", "Resource update cancelled"),
        event("production-orders", "UPDATE_IN_PROGRESS", "User Initiated"),
        event("A0000001A", "UPDATE_FAILED", "of the deployment before"),
    ]
    (stack,) = read({}, "UPDATE_ROLLBACK_FAILED", events).stacks
    assert (stack.failed_resource, stack.reason) == ("Deploymentproductionorders", "Error: b'bad image'")


def test_a_kubernetes_object_is_named_as_people_know_it() -> None:
    properties = '{"Manifest": "[{\\"kind\\": \\"Deployment\\", \\"metadata\\": {\\"name\\": \\"orders\\"}}]"}'
    events = [event("X", "CREATE_FAILED", "no", ResourceProperties=properties)]
    (stack,) = read({}, "ROLLBACK_COMPLETE", events).stacks
    assert stack.failed_resource == "Deployment/orders"
