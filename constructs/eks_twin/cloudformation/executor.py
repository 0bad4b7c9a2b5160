"""The executor: does to stacks what AWS CloudFormation would, with resource types that it is given."""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from eks_twin.cloudformation.blueprint import draw_up
from eks_twin.cloudformation.creation import create
from eks_twin.cloudformation.deletion import delete
from eks_twin.cloudformation.errors import ValidationError
from eks_twin.cloudformation.operation import USER_INITIATED, Operation
from eks_twin.cloudformation.preview import Preview, preview_of
from eks_twin.cloudformation.realization import OnFailure
from eks_twin.cloudformation.removal import delete_all, policy_of_a_rollback
from eks_twin.cloudformation.rollback import roll_creation_back, roll_update_back
from eks_twin.cloudformation.state import StackIdentity, StackState
from eks_twin.cloudformation.surroundings import Surroundings
from eks_twin.cloudformation.template import Template
from eks_twin.cloudformation.update import refuse_unless_updatable, update


@dataclass(frozen=True)
class Executor:
    """Every operation blocks until it has ended, and returns the stack's new state.

    Several may run at once, one a stack. What can be refused beforehand raises ValidationError, and nothing has
    happened; whatever fails later is told in events, and in the status of the state that is returned.
    """

    surroundings: Surroundings

    def preview(
        self, stack: StackState | None, identity: StackIdentity, template: Template, parameters: Mapping[str, str]
    ) -> Preview:
        """What `create` (stack: None) or `update` would do. Refuses what they would refuse."""
        if stack is not None:
            refuse_unless_updatable(stack)
        return preview_of(
            draw_up(self.surroundings, identity, template, parameters), stack, self.surroundings.find_type
        )

    def create(
        self,
        identity: StackIdentity,
        template: Template,
        parameters: Mapping[str, str],
        *,
        on_failure: OnFailure = OnFailure.ROLLBACK,
    ) -> StackState:
        """Create a stack."""
        return create(self.surroundings, identity, template, parameters, on_failure=on_failure)

    def update(
        self,
        stack: StackState,
        template: Template,
        parameters: Mapping[str, str],
        *,
        on_failure: OnFailure = OnFailure.ROLLBACK,
        stop: threading.Event | None = None,
    ) -> StackState:
        """Update a stack. Raises NoUpdates where there is nothing to do.

        `stop`: once it is set, nothing new begins, and the update ends as if a resource had failed.
        """
        return update(self.surroundings, stack, template, parameters, on_failure=on_failure, stop=stop)

    def roll_back(
        self, stack: StackState, *, skip: Collection[str] = (), retain_except_on_create: bool = False
    ) -> StackState:
        """Bring a stack back that an operation left FAILED: RollbackStack and ContinueUpdateRollback.

        `skip`: logical ids of resources that cannot be brought back; they count as if they were.
        `retain_except_on_create`: delete what is new, whatever its DeletionPolicy says.
        """
        operation = Operation(self.surroundings, stack.identity, stack=stack)
        keep = delete_all if retain_except_on_create else policy_of_a_rollback
        if stack.status in ("CREATE_FAILED", "UPDATE_FAILED") and stack.stable is None:
            return roll_creation_back(operation, stack, USER_INITIATED, keep=keep)
        if stack.status in ("UPDATE_FAILED", "UPDATE_ROLLBACK_FAILED") and stack.stable is not None:
            return roll_update_back(operation, stack, stack.stable, USER_INITIATED, skip, keep=keep)
        raise ValidationError(f"Stack:{stack.identity.id} is in {stack.status} state and can not be rolled back.")

    def delete(self, stack: StackState, *, retain: Collection[str] = ()) -> StackState:
        """Delete a stack."""
        return delete(self.surroundings, stack, retain=retain)
