"""What happened to a stack or one of its resources, and when."""

from dataclasses import dataclass
from datetime import datetime

STACK_TYPE = "AWS::CloudFormation::Stack"


@dataclass(frozen=True)
class StackEvent:
    """One line of a stack's history; the stack's own have its name as logical id and its id as physical id."""

    timestamp: datetime
    stack_name: str
    stack_id: str
    logical_id: str
    physical_id: str
    """Empty as long as there is none."""
    resource_type: str
    status: str
    """As CloudFormation spells it: CREATE_IN_PROGRESS, UPDATE_FAILED, DELETE_SKIPPED, ..."""
    reason: str = ""

    @property
    def is_the_stacks(self) -> bool:
        """Whether it is about the stack itself."""
        return self.resource_type == STACK_TYPE and self.physical_id == self.stack_id
