"""All change sets of one account and region."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from eks_twin.cloud.change_set import ChangeSet
from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloud.stacks import Stacks
from eks_twin.cloud.stored_stack import StoredStack
from eks_twin.cloudformation import AlreadyExists, ChangeSetNotFound, ValidationError


@dataclass
class ChangeSets:
    """Makes, finds, executes and drops them."""

    stacks: Stacks
    _kept: dict[str, ChangeSet] = field(default_factory=dict)
    """By id."""

    def create(self, stack_name: str, name: str, given: StackInput, *, creates: bool) -> ChangeSet:
        """Make a change set; one that `creates` makes the stack's record too, unless another one did.

        Raises ValidationError where the operation would be refused: then there is neither.
        """
        stack = self._new(stack_name, name, given) if creates else self.stacks.find(stack_name)
        if any(one.name == name for one in self.of(stack)):
            raise AlreadyExists(f"ChangeSet [{name}] already exists")
        made = ChangeSet(name, stack, given, self.stacks.preview(stack, given))
        self.stacks.keep(stack)
        self._kept[made.id] = made
        return made

    def _new(self, stack_name: str, name: str, given: StackInput) -> StoredStack:
        stack = self.stacks.named(stack_name)
        if stack is None:
            return self.stacks.draft(stack_name, given)
        if stack.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(
                f"Stack [{stack_name}] already exists and cannot be created again with the changeSet [{name}]."
            )
        return stack

    def of(self, stack: StoredStack) -> Iterator[ChangeSet]:
        """Those of one stack."""
        return (one for one in list(self._kept.values()) if one.stack is stack)

    def find(self, name_or_id: str, stack_name: str | None) -> ChangeSet:
        """Return the change set. Raises ChangeSetNotFound, and ValidationError where there is no such stack."""
        if found := self._kept.get(name_or_id):
            return found
        if stack_name is None:
            raise ValidationError("StackName must be specified if ChangeSetName is not specified as an ARN.")
        stack = self.stacks.find(stack_name)
        for one in self.of(stack):
            if one.name == name_or_id:
                return one
        raise ChangeSetNotFound(f"ChangeSet [{name_or_id}] does not exist")

    def execute(self, change_set: ChangeSet, given: StackInput) -> None:
        """Begin what the change set says. The stack's others say nothing any more, and go."""
        change_set.refuse_unless_available()
        stack = change_set.stack
        if stack.status == "REVIEW_IN_PROGRESS":
            self.stacks.begin_creation(stack, given)
        else:
            self.stacks.update(stack.identity.id, given)
        change_set.executed = True
        self.drop(*(one for one in self.of(stack) if one is not change_set))

    def drop(self, *change_sets: ChangeSet) -> None:
        """Forget them."""
        for one in change_sets:
            self._kept.pop(one.id, None)
