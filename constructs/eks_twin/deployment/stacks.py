"""How far the stacks are: what the twin's CloudFormation says."""

from collections.abc import Sequence
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from eks_twin.cloud.clients import Clients


@dataclass(frozen=True)
class StackStatus:
    """One stack."""

    name: str
    status: str
    """As CloudFormation says it, e.g. CREATE_IN_PROGRESS."""
    resources: int
    """Resources that are there."""

    @property
    def is_in_progress(self) -> bool:
        """Whether something is being done to it."""
        return self.status.endswith("_IN_PROGRESS")

    @property
    def is_stuck(self) -> bool:
        """Whether its rollback failed: it takes no deployment until it is rolled back."""
        return self.status == "UPDATE_ROLLBACK_FAILED"

    @property
    def has_failed(self) -> bool:
        """Whether the last thing done to it failed, rolled back or not."""
        return "FAILED" in self.status or "ROLLBACK" in self.status


@dataclass(frozen=True)
class Failure:
    """One resource that failed, and why."""

    stack: str
    resource: str
    status: str
    reason: str


def stacks(clients: Clients, prefix: str) -> list[StackStatus]:
    """Return the stacks whose names start with `prefix`, in the order of their creation. Empty if AWS is away."""
    try:
        pages = clients("cloudformation").get_paginator("describe_stacks").paginate()
        found = [stack for page in pages for stack in page["Stacks"] if stack["StackName"].startswith(prefix)]
        return [
            StackStatus(stack["StackName"], stack["StackStatus"], _resources(clients, stack["StackName"]))
            for stack in sorted(found, key=lambda stack: str(stack["CreationTime"]))
        ]
    except (BotoCoreError, ClientError):
        return []


def _resources(clients: Clients, stack: str) -> int:
    summaries = clients("cloudformation").list_stack_resources(StackName=stack)["StackResourceSummaries"]
    return sum(str(one["ResourceStatus"]).endswith("_COMPLETE") for one in summaries)


def failures(clients: Clients, stack: str) -> Sequence[Failure]:
    """Return what failed in the stack's last operation, oldest first: the first is the cause."""
    events = clients("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    last = []
    for event in events:
        last.append(event)
        is_stack = event["PhysicalResourceId"] == event["StackId"]
        if is_stack and event["ResourceStatus"] in {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}:
            break
    return [
        Failure(stack, event["LogicalResourceId"], event["ResourceStatus"], event.get("ResourceStatusReason", ""))
        for event in reversed(last)
        if event["ResourceStatus"].endswith("_FAILED")
    ]
