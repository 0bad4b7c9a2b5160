"""A stack as the twin's CloudFormation remembers it: its history, and what describe calls show of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Condition
from typing import Any

from eks_twin.cloudformation import Event, StackIdentity, StackState

LONG_POLL_SECONDS = 4.0
"""How long a description of a stack in progress is held back: the CDK CLI asks every 5 s, and would learn late."""


@dataclass(frozen=True)
class Deployment:
    """What a caller asks for, apart from the stack's name."""

    template: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[Mapping[str, str]] = ()
    capabilities: Sequence[str] = ()
    role: str | None = None
    disable_rollback: bool = False


@dataclass
class StoredStack:
    """One stack. Changed by the thread of its operation, read by those of the server."""

    identity: StackIdentity
    deployment: Deployment
    state: StackState
    description: str = ""
    protected: bool = False
    """Whether termination protection is on."""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime | None = None
    deleted: datetime | None = None
    status: str = "REVIEW_IN_PROGRESS"
    reason: str = ""
    history: list[Event] = field(default_factory=list)
    newest: dict[str, Event] = field(default_factory=dict)
    """Logical id -> the last that happened to the resource."""
    changed: Condition = field(default_factory=Condition, repr=False)

    @property
    def is_in_progress(self) -> bool:
        """Whether an operation runs."""
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    @property
    def exists(self) -> bool:
        """Whether its name is taken."""
        return self.status != "DELETE_COMPLETE"

    def record(self, event: Event) -> None:
        """Take an event in."""
        with self.changed:
            self.history.append(event)
            if event.is_the_stacks:
                self.status, self.reason = event.status, event.reason
            else:
                self.newest[event.logical_id] = event
            self.changed.notify_all()

    def settle(self, state: StackState) -> None:
        """Take in what an operation came to."""
        with self.changed:
            self.state, self.status, self.reason = state, state.status, state.reason
            if not self.exists:
                self.deleted = datetime.now(UTC)
            self.changed.notify_all()

    def wait(self) -> None:
        """Return when nothing is in progress, or after `LONG_POLL_SECONDS`."""
        with self.changed:
            self.changed.wait_for(lambda: not self.is_in_progress, LONG_POLL_SECONDS)


def described(stack: StoredStack) -> dict[str, Any]:
    """Return the stack as DescribeStacks shows it."""
    return {
        "StackId": stack.identity.id,
        "StackName": stack.identity.name,
        "Description": stack.description or None,
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in stack.state.parameters.items()],
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated,
        "DeletionTime": stack.deleted,
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason or None,
        "DisableRollback": stack.deployment.disable_rollback,
        "NotificationARNs": [],
        "Capabilities": list(stack.deployment.capabilities),
        "Outputs": [
            {
                "OutputKey": output.name,
                "OutputValue": output.value,
                "Description": output.description or None,
                "ExportName": output.export_name or None,
            }
            for output in stack.state.outputs
        ],
        "RoleARN": stack.deployment.role,
        "Tags": list(stack.deployment.tags),
        "EnableTerminationProtection": stack.protected,
    }


def described_events(stack: StoredStack) -> list[dict[str, Any]]:
    """Return the history as DescribeStackEvents shows it: newest first."""
    return [
        {
            "StackId": event.stack_id,
            "EventId": f"{event.logical_id}-{event.status}-{number}",
            "StackName": event.stack_name,
            "LogicalResourceId": event.logical_id,
            "PhysicalResourceId": event.physical_id,
            "ResourceType": event.resource_type,
            "Timestamp": event.timestamp,
            "ResourceStatus": event.status,
            "ResourceStatusReason": event.reason or None,
        }
        for number, event in reversed(list(enumerate(list(stack.history))))
    ]


def described_resources(stack: StoredStack) -> list[dict[str, Any]]:
    """Return the resources as ListStackResources and DescribeStackResources show them."""
    # Once all is done, the last event of a logical id may be about the half of it that was replaced and deleted.
    done = {} if stack.is_in_progress else stack.state.resources
    shown = [
        event if stack.is_in_progress else replace(event, physical_id=done[name].physical_id, status=done[name].status)
        for name, event in list(stack.newest.items())
        if stack.is_in_progress or name in done
    ]
    return [
        {
            "StackName": stack.identity.name,
            "StackId": stack.identity.id,
            "LogicalResourceId": event.logical_id,
            "PhysicalResourceId": event.physical_id,
            "ResourceType": event.resource_type,
            "Timestamp": event.timestamp,
            "LastUpdatedTimestamp": event.timestamp,
            "ResourceStatus": event.status,
            "ResourceStatusReason": event.reason or None,
        }
        for event in shown
    ]
