"""Deletes a stack."""

from collections.abc import Collection
from dataclasses import replace

from eks_twin.cloudformation.errors import ResourceFailed, ValidationError
from eks_twin.cloudformation.operation import USER_INITIATED, Operation
from eks_twin.cloudformation.outputs import check_exports
from eks_twin.cloudformation.removal import Removal, policy
from eks_twin.cloudformation.state import ResourceState, StackState
from eks_twin.cloudformation.surroundings import Surroundings


def delete(
    surroundings: Surroundings,
    stack: StackState,
    *,
    retain: Collection[str] = (),
) -> StackState:
    """Return the stack: DELETE_COMPLETE; or DELETE_FAILED with what is left, which another delete tries again.

    A stack whose exports are in use stays what it is: same status, and the reason.
    `retain`: logical ids of resources to leave alone, of a stack that is DELETE_FAILED.
    """
    if stack.status == "DELETE_COMPLETE":
        raise ValidationError(f"Stack [{stack.identity.name}] is in {stack.status} state and can not be deleted.")
    unknown = sorted(set(retain) - stack.resources.keys())
    if retain and (stack.status != "DELETE_FAILED" or unknown):
        raise ValidationError(
            "RetainResources names resources of a stack in DELETE_FAILED state; "
            f"the stack is in {stack.status} state, and has no {unknown}."
        )
    operation = Operation(surroundings, stack.identity, stack=stack)
    try:
        check_exports(surroundings, stack.identity.name, stack.exports, {})
    except ResourceFailed as error:
        operation.announce(stack.status, str(error))
        return replace(stack, reason=str(error))
    return _delete(operation, stack, retain)


def _delete(operation: Operation, stack: StackState, retain: Collection[str]) -> StackState:
    def keep(state: ResourceState) -> str:
        return "It is to be retained." if state.logical_id in retain else policy(state)

    operation.announce("DELETE_IN_PROGRESS", USER_INITIATED)
    if Removal(operation, keep).of(operation.instances_but(())):
        operation.announce("DELETE_COMPLETE")
    else:
        operation.announce("DELETE_FAILED", operation.failures())
    resources = operation.resources
    return replace(
        stack,
        status=operation.status,
        reason=operation.reason,
        resources=resources,
        leftovers=tuple(operation.instances_but(resources.values())),
        stable=None,
        outputs=stack.outputs if resources else (),
        imports=stack.imports if resources else (),
    )
