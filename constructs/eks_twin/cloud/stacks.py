"""All stacks of one account and region, and the operations that run on them."""

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from eks_twin.aws_clients import Clients
from eks_twin.cloud.existing_resources import ExistingResources
from eks_twin.cloud.look_ups import LookUps
from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloud.stored_stack import StoredStack
from eks_twin.cloudformation import (
    AlreadyExists,
    Executor,
    FindType,
    NoUpdates,
    Preview,
    StackIdentity,
    StackState,
    Surroundings,
    ValidationError,
)

Begun = Callable[[threading.Event], StackState]
"""Runs one operation to its end. Takes what tells it to stop."""


@dataclass
class Stacks:
    """Creates, updates and deletes stacks, each operation in a thread of its own."""

    account: str
    region: str
    find_type: FindType
    clients: Clients
    stacks: dict[str, StoredStack] = field(default_factory=dict)
    """By id, deleted ones too."""
    _executor: Executor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        look_ups = LookUps(self.clients)
        surroundings = Surroundings(
            find_type=self.find_type,
            record=lambda event: self.stacks[event.stack_id].record(event),
            taken_name=ExistingResources(self.clients),
            ssm_parameter=look_ups.ssm_parameter,
            dynamic_reference=look_ups.dynamic_reference,
            zones=look_ups.zones,
            import_value=lambda name: self.exports()[name],
            imported_by=self.importing,
            exported_by=lambda name: [one.identity.name for one in self.existing() if name in one.state.exports],
        )
        self._executor = Executor(surroundings)

    def existing(self) -> list[StoredStack]:
        """Return all stacks but the deleted ones."""
        return [stack for stack in list(self.stacks.values()) if stack.exists]

    def find(self, name_or_id: str) -> StoredStack:
        """Return the stack; by name only while it exists. Raises ValidationError in CloudFormation's own words."""
        found = self.stacks.get(name_or_id) or self.named(name_or_id)
        if found is None:
            raise ValidationError(f"Stack with id {name_or_id} does not exist")
        return found

    def named(self, name: str) -> StoredStack | None:
        """Return the existing stack of this name."""
        return next((stack for stack in self.existing() if stack.identity.name == name), None)

    def exports(self) -> dict[str, str]:
        """Return every export: name -> value."""
        return {name: value for stack in self.existing() for name, value in stack.state.exports.items()}

    def importing(self, export: str) -> list[str]:
        """Return the names of the stacks that use this export."""
        return [one.identity.name for one in self.existing() if export in one.state.imports]

    def create(self, name: str, given: StackInput, *, protected: bool = False) -> StoredStack:
        """Begin to create a stack. Raises ValidationError where there is one of this name, or the template is wrong."""
        if self.named(name):
            raise AlreadyExists(f"Stack [{name}] already exists")
        stack = self.draft(name, given)
        stack.protected = protected
        self.keep(stack)
        try:
            self.begin_creation(stack, given)
        except ValidationError:
            del self.stacks[stack.identity.id]
            raise
        return stack

    def draft(self, name: str, given: StackInput) -> StoredStack:
        """Return the record of a stack to come, which nobody sees yet."""
        id_ = f"arn:aws:cloudformation:{self.region}:{self.account}:stack/{name}/{uuid.uuid4()}"
        identity = StackIdentity(name, id_, self.account, self.region)
        return StoredStack(identity, given, StackState(identity, "REVIEW_IN_PROGRESS"))

    def keep(self, stack: StoredStack) -> None:
        """Take a record in: from now on its name is taken."""
        self.stacks[stack.identity.id] = stack

    def preview(self, stack: StoredStack, given: StackInput) -> Preview:
        """Return what creating the stack, where it is REVIEW_IN_PROGRESS, or updating it would do.

        Raises ValidationError where that would be refused.
        """
        before = None if stack.status == "REVIEW_IN_PROGRESS" else self._idle(stack.identity.id, "updated").state
        return self._executor.preview(before, stack.identity, given.parsed(), given.parameters)

    def begin_creation(self, stack: StoredStack, given: StackInput) -> None:
        """Begin to create what a record stands for. Raises ValidationError: the template or a parameter is wrong."""
        template = given.parsed()
        create, identity = self._executor.create, stack.identity
        parameters, on_failure = given.parameters, given.on_failure
        self._begin(stack, given, lambda _: create(identity, template, parameters, on_failure=on_failure))

    def update(self, name: str, given: StackInput) -> StoredStack:
        """Begin to update a stack. Raises ValidationError where it cannot be, or nothing would change."""
        stack = self._idle(name, "updated")
        template = given.parsed()
        update, parameters, on_failure = self._executor.update, given.parameters, given.on_failure
        try:
            self._begin(
                stack, given, lambda stop: update(stack.state, template, parameters, on_failure=on_failure, stop=stop)
            )
        except NoUpdates:
            if not stack.retag(given):
                raise
        stack.updated = datetime.now(UTC)
        return stack

    def cancel_update(self, name: str) -> None:
        """Stop an update, which is then rolled back. Raises ValidationError where none runs."""
        stack = self.find(name)
        if stack.status != "UPDATE_IN_PROGRESS":
            raise ValidationError("CancelUpdateStack cannot be called from current stack status")
        stack.stop.set()

    def delete(self, name: str, retain: Sequence[str] = ()) -> StoredStack | None:
        """Begin to delete a stack, and return it; None: there is none, which is no error here either.

        `retain`: resources to leave alone, of a stack that is DELETE_FAILED. Raises ValidationError: it is protected.
        """
        found = self.stacks.get(name) or self.named(name)
        if found is None or not found.exists:
            return None
        stack = self._idle(name, "deleted")
        if stack.protected:
            raise ValidationError(
                f"Stack [{stack.identity.name}] cannot be deleted while TerminationProtection is enabled"
            )
        self._begin(stack, stack.input, lambda _: self._executor.delete(stack.state, retain=retain))
        return stack

    def roll_back(self, name: str, *, skip: Sequence[str] = (), retain_except_on_create: bool = False) -> StoredStack:
        """Begin to bring back a stack that an operation, or its rollback, left FAILED. See `Executor.roll_back`."""
        stack = self._idle(name, "rolled back")
        back = partial(self._executor.roll_back, skip=skip, retain_except_on_create=retain_except_on_create)
        self._begin(stack, stack.input, lambda _: back(stack.state))
        return stack

    def _idle(self, name: str, done: str) -> StoredStack:
        stack = self.find(name)
        if stack.is_in_progress:
            raise ValidationError(f"Stack:{stack.identity.id} is in {stack.status} state and can not be {done}.")
        return stack

    def _begin(self, stack: StoredStack, given: StackInput, operation: Begun) -> None:
        """Run the operation in a thread, and return when its first event is there; or raise why it did not begin."""
        outcome: list[BaseException] = []
        events = len(stack.history)
        stack.stop = threading.Event()

        def run() -> None:
            try:
                state = operation(stack.stop)
                stack.settle(state, given)
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
