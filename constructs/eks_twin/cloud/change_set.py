"""Change sets: what an operation would do, to be executed later. A plain `cdk deploy` works by them."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloud.stored_stack import StoredStack
from eks_twin.cloudformation import InvalidChangeSetStatus, Preview, PropertyChange

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
"""The CDK CLI looks for the first of these sentences, to say that there is nothing to do."""


@dataclass
class ChangeSet:
    """One change set of one stack."""

    name: str
    stack: StoredStack
    input: StackInput
    preview: Preview
    description: str = ""
    executed: bool = False
    id: str = field(init=False)
    nothing: bool = field(init=False)
    """Whether there is nothing to execute."""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.nothing = self.preview.nothing and self.input.same_tags(self.stack.input)
        place = self.stack.identity.id.split(":stack/", 1)[0]
        self.id = f"{place}:changeSet/{self.name}/{uuid.uuid4()}"

    @property
    def status(self) -> str:
        """Whether there is anything to execute, in CloudFormation's words."""
        return "FAILED" if self.nothing else "CREATE_COMPLETE"

    @property
    def execution_status(self) -> str:
        """Whether it can be executed, in CloudFormation's words."""
        if self.executed:
            return "EXECUTE_COMPLETE"
        return "UNAVAILABLE" if self.nothing else "AVAILABLE"

    def refuse_unless_available(self) -> None:
        """Raise InvalidChangeSetStatus where it was executed, or would change nothing."""
        if self.execution_status != "AVAILABLE":
            status = self.status if self.nothing else self.execution_status
            raise InvalidChangeSetStatus(
                f"ChangeSet [{self.id}] cannot be executed in its current status of [{status}]"
            )

    def summary(self) -> dict[str, Any]:
        """Return it as ListChangeSets shows it."""
        return {
            "ChangeSetName": self.name,
            "ChangeSetId": self.id,
            "StackId": self.stack.identity.id,
            "StackName": self.stack.identity.name,
            "Description": self.description or None,
            "CreationTime": self.created,
            "ExecutionStatus": self.execution_status,
            "Status": self.status,
            "StatusReason": NO_CHANGES if self.nothing else None,
        }

    def described(self) -> dict[str, Any]:
        """Return it as DescribeChangeSet shows it."""
        return {
            **self.summary(),
            "Tags": list(self.input.tags),
            "Capabilities": list(self.input.capabilities),
            "Changes": [
                {
                    "Type": "Resource",
                    "ResourceChange": {
                        "Action": change.action,
                        "LogicalResourceId": change.logical_id,
                        "PhysicalResourceId": change.physical_id or None,
                        "ResourceType": change.resource_type,
                        "Replacement": change.replacement if change.action == "Modify" else None,
                        "Scope": ["Properties"] if change.properties else [],
                        "Details": [_detail(one) for one in change.properties],
                    },
                }
                for change in self.preview.changes
            ],
        }


def _detail(change: PropertyChange) -> dict[str, Any]:
    target = {"Attribute": "Properties", "Name": change.name, "RequiresRecreation": change.recreation}
    return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}
