from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from api_platform.proof.delivery.stack import LiveStack
from api_platform.proof.stage import ProofStage
from tests.proof.delivery.happenings import START


class FakeCloudFormation:
    """A stack that is protected, and was created and then updated."""

    def __init__(self) -> None:
        self.protected = True
        self.statuses = ["UPDATE_COMPLETE"]
        self.calls: list[tuple[str, str]] = []

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        self.calls.append(("describe", StackName))
        status = self.statuses[0] if len(self.statuses) == 1 else self.statuses.pop(0)
        return {"Stacks": [{"StackId": "arn", "StackStatus": status, "EnableTerminationProtection": self.protected}]}

    def describe_stack_events(self, StackName: str) -> dict[str, Any]:  # noqa: N803, ARG002
        statuses = [("CREATE_IN_PROGRESS", "arn"), ("CREATE_COMPLETE", "arn"), ("UPDATE_IN_PROGRESS", "arn")]
        rows = [*statuses, ("UPDATE_IN_PROGRESS", "role"), ("UPDATE_COMPLETE", "arn")]
        events = [self._event(at, status, physical) for at, (status, physical) in enumerate(rows)]
        return {"StackEvents": events[::-1]}

    def delete_stack(self, StackName: str) -> None:  # noqa: N803
        if self.protected:
            error = {"Error": {"Code": "ValidationError", "Message": "TerminationProtection is enabled"}}
            raise ClientError(error, "DeleteStack")
        self.calls.append(("delete", StackName))

    def update_termination_protection(self, StackName: str, EnableTerminationProtection: bool) -> None:  # noqa: N803, ARG002
        self.protected = EnableTerminationProtection

    @staticmethod
    def _event(at: int, status: str, physical: str) -> dict[str, Any]:
        return {
            "Timestamp": START + timedelta(seconds=at),
            "LogicalResourceId": physical,
            "PhysicalResourceId": physical,
            "StackId": "arn",
            "ResourceType": "AWS::CloudFormation::Stack",
            "ResourceStatus": status,
        }


class FakeStage:
    """A stage of production whose only AWS is this CloudFormation."""

    def __init__(self, cloudformation: FakeCloudFormation) -> None:
        self._cloudformation = cloudformation
        self.environment = type("Environment", (), {"name": "production"})
        self.twin = self

    def aws(self, _: str) -> FakeCloudFormation:
        return self._cloudformation


@pytest.fixture
def cloudformation() -> FakeCloudFormation:
    return FakeCloudFormation()


@pytest.fixture
def stack(cloudformation: FakeCloudFormation) -> LiveStack:
    stage: ProofStage = FakeStage(cloudformation)  # type: ignore[assignment]
    return LiveStack(stage, "worker-service")


def test_cloudformation_and_the_cdk_call_it_differently(stack: LiveStack) -> None:
    assert (stack.name, stack.path) == ("production-worker-service", "production/worker-service")


def test_it_is_asked_for_by_its_arn(stack: LiveStack, cloudformation: FakeCloudFormation) -> None:
    """A deleted stack is not found by its name."""
    assert stack.status == "UPDATE_COMPLETE"
    assert cloudformation.calls[-1] == ("describe", "arn")


def test_a_refused_deletion_is_told(stack: LiveStack) -> None:
    assert stack.delete() == "TerminationProtection is enabled"


def test_without_protection_it_is_deleted(stack: LiveStack, cloudformation: FakeCloudFormation) -> None:
    stack.remove_protection()
    assert stack.delete() == ""
    assert ("delete", "arn") in cloudformation.calls


def test_the_last_operation_begins_where_the_stack_does_not_where_a_resource_does(stack: LiveStack) -> None:
    assert [event.status for event in stack.last_operation] == [
        "UPDATE_IN_PROGRESS",
        "UPDATE_IN_PROGRESS",
        "UPDATE_COMPLETE",
    ]


def test_it_has_settled_when_nothing_is_in_progress(stack: LiveStack, cloudformation: FakeCloudFormation) -> None:
    cloudformation.statuses = ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"]
    assert stack.settle() == "UPDATE_ROLLBACK_COMPLETE"
