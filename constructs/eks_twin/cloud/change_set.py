"""Change sets: what an operation would do, to be executed later. `cdk bootstrap` works by them."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eks_twin.cloud.stored_stack import Deployment, StoredStack
from eks_twin.cloudformation import Preview

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
"""The CDK CLI looks for the first of these sentences, to say that there is nothing to do."""


@dataclass
class ChangeSet:
    """One change set of one stack."""

    name: str
    stack: StoredStack
    deployment: Deployment
    preview: Preview
    executed: bool = False
    id: str = field(init=False)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        place = self.stack.identity.id.split(":stack/", 1)[0]
        self.id = f"{place}:changeSet/{self.name}/{uuid.uuid4()}"

    def described(self) -> dict[str, Any]:
        """Return it as DescribeChangeSet shows it."""
        usable = not self.preview.nothing
        available = "EXECUTE_COMPLETE" if self.executed else "AVAILABLE" if usable else "UNAVAILABLE"
        return {
            "ChangeSetName": self.name,
            "ChangeSetId": self.id,
            "StackId": self.stack.identity.id,
            "StackName": self.stack.identity.name,
            "CreationTime": self.created,
            "ExecutionStatus": available,
            "Status": "CREATE_COMPLETE" if usable else "FAILED",
            "StatusReason": None if usable else NO_CHANGES,
            "Changes": [
                {
                    "Type": "Resource",
                    "ResourceChange": {
                        "Action": change.action,
                        "LogicalResourceId": change.logical_id,
                        "PhysicalResourceId": change.physical_id or None,
                        "ResourceType": change.resource_type,
                    },
                }
                for change in self.preview.changes
            ],
        }
