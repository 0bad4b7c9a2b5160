"""One stack of the twin's CloudFormation, and what happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError

from api_platform.proof.stage import ProofStage
from eks_twin.deployment.stacks import stacks
from eks_twin.measure.waiting import happens_within

_SECONDS = 120.0


@dataclass(frozen=True)
class StackEvent:
    """One thing that happened."""

    at: datetime
    resource: str
    """The logical id; the stack's own name for what happened to all of it."""
    kind: str
    """E.g. `AWS::IAM::Role`."""
    status: str
    reason: str
    is_the_stacks: bool

    @property
    def begins(self) -> bool:
        """Whether an operation on the whole stack begins here, undone ones not counted."""
        starts = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}
        return self.is_the_stacks and self.status in starts


@dataclass(frozen=True)
class LiveStack:
    """A stack under its name: the newest one that had it."""

    stage: ProofStage
    service: str
    """E.g. `worker-service`."""

    @property
    def name(self) -> str:
        """As CloudFormation knows it."""
        return f"{self.stage.environment.name}-{self.service}"

    @property
    def path(self) -> str:
        """As the CDK CLI knows it."""
        return f"{self.stage.environment.name}/{self.service}"

    @cached_property
    def id(self) -> str:
        """Its ARN, by which a deleted one is still found."""
        return str(self._describe(self.name)["StackId"])

    @property
    def status(self) -> str:
        """E.g. UPDATE_COMPLETE."""
        return str(self._describe(self.id)["StackStatus"])

    @property
    def is_protected(self) -> bool:
        """Whether it cannot be deleted."""
        return bool(self._describe(self.id)["EnableTerminationProtection"])

    @property
    def events(self) -> Sequence[StackEvent]:
        """All that ever happened to it, oldest first."""
        found = self._client.describe_stack_events(StackName=self.id)["StackEvents"]
        return [
            StackEvent(
                at=event["Timestamp"],
                resource=event["LogicalResourceId"],
                kind=event["ResourceType"],
                status=event["ResourceStatus"],
                reason=event.get("ResourceStatusReason", ""),
                is_the_stacks=event["PhysicalResourceId"] == event["StackId"],
            )
            for event in reversed(found)
        ]

    @property
    def last_operation(self) -> Sequence[StackEvent]:
        """What happened since the last deployment or deletion began."""
        events = self.events
        begun = max((place for place, event in enumerate(events) if event.begins), default=0)
        return events[begun:]

    def physical_ids(self, kind: str) -> Sequence[str]:
        """Return what its resources of this kind are called."""
        listed = self._client.list_stack_resources(StackName=self.id)["StackResourceSummaries"]
        return sorted(one["PhysicalResourceId"] for one in listed if one["ResourceType"] == kind)

    def delete(self) -> str:
        """Begin to delete it. Returns CloudFormation's refusal; empty where it began."""
        try:
            self._client.delete_stack(StackName=self.id)
        except ClientError as error:
            return str(error.response["Error"]["Message"])
        return ""

    def remove_protection(self) -> None:
        """Allow it to be deleted, as an operator has to."""
        self._client.update_termination_protection(StackName=self.id, EnableTerminationProtection=False)

    def settle(self) -> str:
        """Return its status when nothing is in progress any more, or after two minutes."""
        happens_within(_SECONDS, lambda: not self.status.endswith("_IN_PROGRESS"))
        return self.status

    @property
    def _client(self) -> Any:
        return self.stage.aws("cloudformation")

    def _describe(self, name: str) -> dict[str, Any]:
        (found,) = self._client.describe_stacks(StackName=name)["Stacks"]
        return dict(found)


def histories(stage: ProofStage) -> Mapping[str, Sequence[StackEvent]]:
    """Return all that ever happened to each stack that is there, under its name without the environment's."""
    prefix = f"{stage.environment.name}-"
    named = [stack.name.removeprefix(prefix) for stack in stacks(stage.aws)]
    return {name: LiveStack(stage, name).events for name in named}
