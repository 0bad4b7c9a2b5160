"""Creates a stack."""

from collections.abc import Mapping

from eks_twin.cloudformation.blueprint import draw_up
from eks_twin.cloudformation.operation import USER_INITIATED, Operation
from eks_twin.cloudformation.realization import OnFailure, concluded, realize
from eks_twin.cloudformation.rollback import paused, roll_creation_back
from eks_twin.cloudformation.state import StackIdentity, StackState
from eks_twin.cloudformation.surroundings import Surroundings
from eks_twin.cloudformation.template import Template


def create(
    surroundings: Surroundings,
    identity: StackIdentity,
    template: Template,
    parameters: Mapping[str, str],
    *,
    on_failure: OnFailure = OnFailure.ROLLBACK,
) -> StackState:
    """Return the stack: CREATE_COMPLETE, or as `on_failure` says. Raises ValidationError before anything happens."""
    blueprint = draw_up(surroundings, identity, template, parameters)
    operation = Operation(surroundings, identity)
    operation.announce("CREATE_IN_PROGRESS", USER_INITIATED)
    result = realize(operation, blueprint, {}, on_failure)
    if not result.failure:
        operation.announce("CREATE_COMPLETE")
        return concluded(operation, blueprint, result.outputs)
    match on_failure:
        case OnFailure.DO_NOTHING:
            operation.announce("CREATE_FAILED", result.failure)
            return paused(operation, concluded(operation, blueprint), None)
        case OnFailure.DELETE:
            reason = f"{result.failure} Delete requested by user."
            return roll_creation_back(operation, concluded(operation, blueprint), reason, into="DELETE")
        case OnFailure.ROLLBACK:
            reason = f"{result.failure} Rollback requested by user."
            return roll_creation_back(operation, concluded(operation, blueprint), reason)
