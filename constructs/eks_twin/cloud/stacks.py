"""All stacks of one account and region, and the operations that run on them."""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.change_set import ChangeSet
from eks_twin.cloud.stored_stack import Deployment, StoredStack
from eks_twin.cloudformation import (
    Event,
    Executor,
    FindType,
    OnFailure,
    StackIdentity,
    StackState,
    Surroundings,
    ValidationError,
    parse_template,
)

Operation = Callable[[], StackState]


@dataclass
class Stacks:
    """Creates, updates and deletes stacks, each operation in a thread of its own."""

    account: str
    region: str
    find_type: FindType
    clients: Clients
    stacks: dict[str, StoredStack] = field(default_factory=dict)
    """By id, deleted ones too."""
    change_sets: dict[str, ChangeSet] = field(default_factory=dict)
    """By id."""
    _executor: Executor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        surroundings = Surroundings(
            find_type=self.find_type,
            record=self._record,
            ssm_parameter=self._ssm_parameter,
            import_value=lambda name: dict(self.exports())[name],
            imported_by=lambda name: [one.identity.name for one in self.existing() if name in one.state.imports],
            exported_by=lambda name: [one.identity.name for one in self.existing() if name in one.state.exports],
        )
        self._executor = Executor(surroundings)

    def existing(self) -> list[StoredStack]:
        """Return all stacks but the deleted ones."""
        return [stack for stack in self.stacks.values() if stack.exists]

    def find(self, name_or_id: str) -> StoredStack:
        """Return the stack; by name only while it exists. Raises ValidationError in CloudFormation's own words."""
        if stack := self.stacks.get(name_or_id):
            return stack
        for stack in self.existing():
            if stack.identity.name == name_or_id:
                return stack
        raise ValidationError(f"Stack with id {name_or_id} does not exist")

    def exports(self) -> Iterator[tuple[str, str]]:
        """Every export: name and value."""
        for stack in self.existing():
            yield from stack.state.exports.items()

    def create(self, name: str, deployment: Deployment, *, protected: bool = False) -> StoredStack:
        """Begin to create a stack. Raises ValidationError where there is one of this name, or the template is wrong."""
        if any(stack.identity.name == name for stack in self.existing()):
            raise ValidationError(f"Stack [{name}] already exists")
        stack = self._register(name, deployment, protected=protected)
        try:
            self._begin(stack, deployment, self._creation(stack, deployment))
        except ValidationError:
            del self.stacks[stack.identity.id]
            raise
        return stack

    def update(self, name: str, deployment: Deployment) -> StoredStack:
        """Begin to update a stack. Raises ValidationError where it cannot be, or nothing would change."""
        stack = self._idle(name, "updated")
        template = parse_template(deployment.template)
        given, on_failure = deployment.parameters, _on_failure(deployment)
        update = self._executor.update
        self._begin(stack, deployment, lambda: update(stack.state, template, given, on_failure=on_failure))
        stack.updated = datetime.now(UTC)
        return stack

    def delete(self, name: str) -> None:
        """Begin to delete a stack. Raises ValidationError where it is protected."""
        try:
            stack = self._idle(name, "deleted")
        except ValidationError as error:
            if "does not exist" in str(error):
                return  # as with CloudFormation, where that is no error
            raise
        if not stack.exists:
            return
        if stack.protected:
            raise ValidationError(
                f"Stack [{stack.identity.name}] cannot be deleted while TerminationProtection is enabled"
            )
        self._begin(stack, stack.deployment, lambda: self._executor.delete(stack.state))

    def roll_back(self, name: str, skip: Sequence[str]) -> StoredStack:
        """Begin to bring back a stack that an operation left FAILED. `skip`: resources that cannot be brought back."""
        stack = self._idle(name, "rolled back")
        self._begin(stack, stack.deployment, lambda: self._executor.roll_back(stack.state, skip=skip))
        return stack

    def propose(self, stack_name: str, name: str, deployment: Deployment, *, creates: bool) -> ChangeSet:
        """Make a change set; one that creates makes the stack's record, too."""
        stack = self._register(stack_name, deployment) if creates else self.find(stack_name)
        template = parse_template(deployment.template)
        before = None if creates else stack.state
        preview = self._executor.preview(before, stack.identity, template, deployment.parameters)
        proposed = ChangeSet(name, stack, deployment, preview)
        self.change_sets[proposed.id] = proposed
        return proposed

    def proposed(self, name_or_id: str, stack_name: str | None) -> ChangeSet:
        """Return the change set. Raises ValidationError where there is none."""
        if found := self.change_sets.get(name_or_id):
            return found
        for one in self.change_sets.values():
            if one.name == name_or_id and stack_name in (None, one.stack.identity.name, one.stack.identity.id):
                return one
        raise ValidationError(f"ChangeSet [{name_or_id}] does not exist")

    def execute(self, proposed: ChangeSet) -> None:
        """Begin what the change set says."""
        stack = proposed.stack
        if stack.status == "REVIEW_IN_PROGRESS":
            self._begin(stack, proposed.deployment, self._creation(stack, proposed.deployment))
        else:
            self.update(stack.identity.id, proposed.deployment)
        proposed.executed = True

    def _register(self, name: str, deployment: Deployment, *, protected: bool = False) -> StoredStack:
        id_ = f"arn:aws:cloudformation:{self.region}:{self.account}:stack/{name}/{uuid.uuid4()}"
        identity = StackIdentity(name, id_, self.account, self.region)
        state = StackState(identity, "REVIEW_IN_PROGRESS")
        stack = StoredStack(identity, deployment, state, protected=protected)
        self.stacks[id_] = stack
        return stack

    def _creation(self, stack: StoredStack, deployment: Deployment) -> Operation:
        template = parse_template(deployment.template)
        stack.description = str(template.document.get("Description", ""))
        given, on_failure = deployment.parameters, _on_failure(deployment)
        return lambda: self._executor.create(stack.identity, template, given, on_failure=on_failure)

    def _idle(self, name: str, done: str) -> StoredStack:
        stack = self.find(name)
        if stack.is_in_progress:
            raise ValidationError(f"Stack:{stack.identity.id} is in {stack.status} state and can not be {done}.")
        return stack

    def _begin(self, stack: StoredStack, deployment: Deployment, operation: Operation) -> None:
        """Run the operation in a thread, and return when its first event is there; or raise why it did not begin."""
        outcome: list[BaseException] = []
        template = parse_template(deployment.template).document
        events = len(stack.history)

        def run() -> None:
            try:
                state = operation()
                if state.template == template:  # else it was rolled back, and the one before is the stack's still
                    stack.deployment = deployment
                stack.settle(state)
            except BaseException as error:  # noqa: BLE001 - told to the caller, or to the stack's readers
                outcome.append(error)
                with stack.changed:
                    if len(stack.history) > events:
                        stack.status, stack.reason = f"{stack.status.split('_')[0]}_FAILED", repr(error)
                    stack.changed.notify_all()

        thread = threading.Thread(target=run, name=f"stack {stack.identity.name}", daemon=True)
        thread.start()
        with stack.changed:
            stack.changed.wait_for(lambda: outcome or len(stack.history) > events or not thread.is_alive())
        if outcome and len(stack.history) == events:
            raise outcome[0]

    def _record(self, event: Event) -> None:
        self.stacks[event.stack_id].record(event)

    def _ssm_parameter(self, name: str) -> str:
        found: Mapping[str, Any] = self.clients("ssm").get_parameters(Names=[name])
        values = {one["Name"]: one["Value"] for one in found["Parameters"]}
        return str(values[name])


def _on_failure(deployment: Deployment) -> OnFailure:
    return OnFailure.DO_NOTHING if deployment.disable_rollback else OnFailure.ROLLBACK
