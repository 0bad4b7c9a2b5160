"""Updates a stack."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from eks_twin.cloudformation.blueprint import Blueprint, draw_up
from eks_twin.cloudformation.errors import NoUpdates, ValidationError, reason_of
from eks_twin.cloudformation.operation import USER_INITIATED, Operation
from eks_twin.cloudformation.preview import preview_of
from eks_twin.cloudformation.realization import OnFailure, Realized, concluded, realize
from eks_twin.cloudformation.removal import CLEAN_UP_ATTEMPTS, Removal, kept_by, policy
from eks_twin.cloudformation.rollback import (
    NOT_ALL_DELETED,
    paused,
    roll_creation_back,
    roll_update_back,
    update_back,
)
from eks_twin.cloudformation.state import ResourceState, StackState
from eks_twin.cloudformation.surroundings import Surroundings
from eks_twin.cloudformation.template import Template

SETTLED: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")
UPDATABLE: Final = (*SETTLED, "CREATE_FAILED", "UPDATE_FAILED")


def update(
    surroundings: Surroundings,
    stack: StackState,
    template: Template,
    parameters: Mapping[str, str],
    *,
    on_failure: OnFailure = OnFailure.ROLLBACK,
    stop: threading.Event | None = None,
) -> StackState:
    """Return the stack: UPDATE_COMPLETE, or as `on_failure` says.

    Raises ValidationError before anything happens; NoUpdates, one of them, where nothing would.
    """
    refuse_unless_updatable(stack)
    if on_failure is OnFailure.DELETE:
        raise ValidationError("OnFailure DELETE is for the creation of stacks. Choose ROLLBACK or DO_NOTHING.")
    blueprint = draw_up(surroundings, stack.identity, template, parameters)
    if preview_of(blueprint, stack, surroundings.find_type).nothing and stack.status in SETTLED:
        raise NoUpdates
    operation = Operation(surroundings, stack.identity, stack=stack, stop=stop)
    operation.announce("UPDATE_IN_PROGRESS", USER_INITIATED)
    result = realize(operation, blueprint, stack.exports, on_failure)
    if result.failure:
        return _failed(operation, blueprint, stack, result, on_failure)
    return _cleaned_up(operation, blueprint, result)


def refuse_unless_updatable(stack: StackState) -> None:
    """Raise ValidationError where the stack's last operation left it in a state that no update starts from."""
    if stack.status not in UPDATABLE:
        raise ValidationError(f"Stack:{stack.identity.id} is in {stack.status} state and can not be updated.")


def _cleaned_up(operation: Operation, blueprint: Blueprint, result: Realized) -> StackState:
    operation.carry_through()
    operation.announce("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    resources = operation.resources
    final = {name: resources[name] for name in blueprint.resources}

    def keep(state: ResourceState) -> str:
        successor = final.get(state.logical_id)
        if successor is None:
            return policy(state)
        never_was = state.status == "CREATE_FAILED"
        return "" if never_was else kept_by("UpdateReplacePolicy", successor.update_replace_policy)

    gone = Removal(operation, keep, CLEAN_UP_ATTEMPTS, go_on=True).of(operation.instances_but(final.values()))
    operation.announce("UPDATE_COMPLETE", "" if gone else f"Update successful. {NOT_ALL_DELETED}")
    return replace(concluded(operation, blueprint, result.outputs), resources=final)


def _failed(
    operation: Operation, blueprint: Blueprint, stack: StackState, result: Realized, on_failure: OnFailure
) -> StackState:
    attempted = replace(concluded(operation, blueprint), outputs=stack.outputs)
    stable = stack if stack.status in SETTLED else stack.stable
    if on_failure is OnFailure.DO_NOTHING:
        _revert_failed_ones(operation, stack)
        operation.announce("UPDATE_FAILED", result.failure)
        return paused(operation, attempted, stable)
    if stable is None:  # it was never created as a whole
        return roll_creation_back(operation, attempted, result.failure)
    return roll_update_back(operation, attempted, stable, result.failure)


def _revert_failed_ones(operation: Operation, stack: StackState) -> None:
    """Bring those resources back whose own update failed, as CloudFormation does under DO_NOTHING; they stay FAILED."""
    failed = [*operation.failed]
    operation.carry_through()
    for logical_id in failed:
        before, now = stack.resources.get(logical_id), operation.resource(logical_id)
        if before is None or now is None or now.status != "UPDATE_FAILED" or now.instance != before.instance:
            continue
        operation.report(replace(now, status="UPDATE_ROLLBACK_IN_PROGRESS", reason=""))
        try:
            back = update_back(operation, before, now)
        except Exception as error:  # noqa: BLE001 - any exception of a resource type is a failure of the resource
            operation.report(replace(now, status="UPDATE_ROLLBACK_FAILED", reason=reason_of(error)))
        else:
            operation.report(replace(back, status="UPDATE_ROLLBACK_COMPLETE", reason=""))
            operation.keep(replace(back, status="UPDATE_FAILED", reason=now.reason))
