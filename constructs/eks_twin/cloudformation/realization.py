"""What creating and updating a stack have in common: every resource, then the outputs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from eks_twin.cloudformation.attributes import scope_with_resources
from eks_twin.cloudformation.blueprint import Blueprint
from eks_twin.cloudformation.errors import ResourceFailed
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.outputs import check_exports, outputs_of
from eks_twin.cloudformation.provisioning import Provisioning
from eks_twin.cloudformation.state import Output, StackState
from eks_twin.cloudformation.walk import walk


class OnFailure(Enum):
    """What to do when a resource fails."""

    ROLLBACK = "ROLLBACK"
    """Return to where the stack was."""
    DELETE = "DELETE"
    """Delete the stack; only where it is being created."""
    DO_NOTHING = "DO_NOTHING"
    """Go on with all that does not depend on it, and leave the rest for the next update (`--no-rollback`)."""


@dataclass(frozen=True)
class Realized:
    """How it went."""

    outputs: tuple[Output, ...] = ()
    failure: str = ""
    """Why it did not go well; empty: it did."""


def realize(operation: Operation, blueprint: Blueprint, exports: Mapping[str, str], on_failure: OnFailure) -> Realized:
    """Bring every resource to what the blueprint says. `exports`: the stack's own so far, name -> value."""
    halt = on_failure is not OnFailure.DO_NOTHING
    walk(
        blueprint.dependencies,
        Provisioning(operation, blueprint, halt),
        parallel=operation.surroundings.parallel,
    )
    if operation.failed:
        stopped = "The operation was stopped. " if operation.stopped else ""
        return Realized(failure=f"{stopped}{operation.failures()}".strip())
    try:
        outputs = outputs_of(blueprint, scope_with_resources(blueprint.scope, operation))
        after = {output.export_name: output.value for output in outputs if output.export_name}
        check_exports(operation.surroundings, operation.identity.name, exports, after)
    except ResourceFailed as error:
        return Realized(failure=str(error))
    return Realized(outputs)


def concluded(operation: Operation, blueprint: Blueprint, outputs: tuple[Output, ...] = ()) -> StackState:
    """Return the stack as the operation leaves it, with the blueprint's template."""
    return StackState(
        operation.identity,
        operation.status,
        operation.reason,
        blueprint.template.document,
        blueprint.parameters,
        operation.resources,
        outputs,
        blueprint.imports,
    )
