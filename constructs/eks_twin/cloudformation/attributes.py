"""What Ref and Fn::GetAtt of a stack's own resources answer while it is provisioned."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from eks_twin.cloudformation.errors import ResourceFailed
from eks_twin.cloudformation.intrinsics import Scope
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.resource_type import Provisioned, Readable
from eks_twin.cloudformation.state import ResourceState
from eks_twin.errors import nearest


def snapshot(provisioned: Provisioned, asked: Iterable[str]) -> dict[str, Any]:
    """Return what the attributes show by themselves, and those asked for that exist."""
    found = {name: deepcopy(provisioned.attributes[name]) for name in provisioned.attributes}
    for name in asked:
        try:
            found[name] = deepcopy(provisioned.attributes[name])
        except KeyError:  # whoever asks for it fails, and says so
            continue
    return found


def scope_with_resources(scope: Scope, operation: Operation) -> Scope:
    """Return a scope that knows the stack's resources as they are at the time of asking."""

    def state(logical_id: str) -> ResourceState:
        found = operation.resource(logical_id)
        if found is None:
            raise ResourceFailed(f"{logical_id} does not exist.")
        return found

    def reference(logical_id: str) -> Any:
        return state(logical_id).physical_id

    def attribute(logical_id: str, name: str) -> Any:
        one = state(logical_id)
        if name not in one.attributes:
            try:
                operation.learn(logical_id, name, _read(operation, one)[name])
            except KeyError:
                raise ResourceFailed(
                    f"{logical_id}, a {one.resource_type}, has no attribute {name}. {nearest(name, [*one.attributes])}"
                ) from None
            one = state(logical_id)
        return one.attributes[name]

    return replace(scope, reference=reference, attribute=attribute)


def _read(operation: Operation, state: ResourceState) -> Mapping[str, Any]:
    """What a resource that is left as it is answers to a question that no template had asked before."""
    resource_type = operation.surroundings.find_type(state.resource_type)
    if not isinstance(resource_type, Readable):
        return {}
    return resource_type.read(operation.request(state), deepcopy(state)).attributes
