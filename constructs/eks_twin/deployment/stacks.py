"""How far the stacks are: what the twin's CloudFormation says."""

from collections.abc import Collection
from dataclasses import dataclass

from eks_twin.app import AppStack
from eks_twin.aws_clients import Clients

_BOOTSTRAP_STACK = "CDKToolkit"
"""What `cdk bootstrap` makes: no stack of the app's."""


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


def stacks(clients: Clients, of: Collection[AppStack] | None = None) -> list[StackStatus]:
    """Return the stacks of the clients' account and region, in the order of their creation.

    `of`: only these. Default: all but the bootstrap's own. Raises botocore's errors where AWS is away or refuses.
    """
    names = {stack.name for stack in of} if of is not None else None
    pages = clients("cloudformation").get_paginator("describe_stacks").paginate()
    found = [stack for page in pages for stack in page["Stacks"]]
    return [
        StackStatus(stack["StackName"], stack["StackStatus"], _resources(clients, stack["StackName"]))
        for stack in sorted(found, key=lambda stack: str(stack["CreationTime"]))
        if (stack["StackName"] in names if names is not None else stack["StackName"] != _BOOTSTRAP_STACK)
    ]


def is_bootstrapped(clients: Clients) -> bool:
    """Whether `cdk bootstrap` has been there."""
    pages = clients("cloudformation").get_paginator("describe_stacks").paginate()
    return any(stack["StackName"] == _BOOTSTRAP_STACK for page in pages for stack in page["Stacks"])


def _resources(clients: Clients, stack: str) -> int:
    summaries = clients("cloudformation").list_stack_resources(StackName=stack)["StackResourceSummaries"]
    return sum(str(one["ResourceStatus"]).endswith("_COMPLETE") for one in summaries)
