"""What an update would change: what a change set shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import Any, Final, Literal

from eks_twin.cloudformation.blueprint import Blueprint
from eks_twin.cloudformation.dynamic_references import resolve_plainly
from eks_twin.cloudformation.errors import ResourceFailed, ValidationError
from eks_twin.cloudformation.intrinsics import Scope
from eks_twin.cloudformation.outputs import outputs_of
from eks_twin.cloudformation.resource_type import FindType, Replaceable
from eks_twin.cloudformation.state import ResourceState, StackState, canonical

KNOWN_LATER: Final = "{{changeSet:KNOWN_AFTER_APPLY}}"
"""Stands for what nobody knows before the update: Ref and attributes of a resource that is to be created."""


Recreation = Literal["Always", "Conditionally", "Never"]


@dataclass(frozen=True)
class PropertyChange:
    """What would happen to one property of a resource that exists."""

    name: str
    recreation: Recreation = "Never"
    """Whether it makes a new resource; conditionally where nobody knows the value yet."""


@dataclass(frozen=True)
class ResourceChange:
    """What would happen to one resource."""

    action: Literal["Add", "Modify", "Remove"]
    logical_id: str
    resource_type: str
    physical_id: str = ""
    properties: tuple[PropertyChange, ...] = ()
    """Those that change, where the resource is modified; none where nobody knows yet."""

    @property
    def replacement(self) -> Literal["True", "Conditional", "False"]:
        """Whether a new resource takes its place."""
        recreations = {one.recreation for one in self.properties}
        return "True" if "Always" in recreations else "Conditional" if "Conditionally" in recreations else "False"


@dataclass(frozen=True)
class Preview:
    """What would happen to a stack."""

    changes: tuple[ResourceChange, ...]
    outputs_change: bool
    """Whether an output would; an update of these alone is one too."""

    @property
    def nothing(self) -> bool:
        """Whether there is no update to perform."""
        return not self.changes and not self.outputs_change


def preview_of(blueprint: Blueprint, stack: StackState | None, find_type: FindType) -> Preview:
    """Compare the blueprint with the stack as it is (None: there is none yet).

    Raises ValidationError where a resource would change its type, which CloudFormation refuses.
    """
    before = dict(stack.resources) if stack else {}
    _refuse_other_types(blueprint, before)
    scope = _scope(blueprint.scope, before)
    changes = (*_there_after(blueprint, before, scope, find_type), *_removed(blueprint, before))
    try:
        outputs = outputs_of(blueprint, scope)
    except ResourceFailed:  # the update will say so, as its failure
        return Preview(changes, outputs_change=True)
    return Preview(changes, outputs != (stack.outputs if stack else ()))


def _refuse_other_types(blueprint: Blueprint, before: dict[str, ResourceState]) -> None:
    other = [
        name
        for name, definition in blueprint.resources.items()
        if name in before
        and before[name].resource_type != definition.resource_type
        and before[name].status != "CREATE_FAILED"  # which never was
    ]
    if other:
        raise ValidationError(
            "Update of resource type is not permitted. The new template modifies resource type of the following "
            f"resources: [{', '.join(other)}]. Give them another logical id."
        )


def _there_after(
    blueprint: Blueprint, before: dict[str, ResourceState], scope: Scope, find_type: FindType
) -> Iterator[ResourceChange]:
    for name in TopologicalSorter(blueprint.dependencies).static_order():
        definition = blueprint.resources[name]
        state = before.get(name)
        properties = _properties(definition.properties, scope)
        if state is None or not state.physical_id:
            yield ResourceChange("Add", name, definition.resource_type)
        elif state.failed or canonical(properties) != canonical(state.properties):
            changed = tuple(_changed(state, properties, find_type))
            yield ResourceChange("Modify", name, definition.resource_type, state.physical_id, changed)


def _changed(state: ResourceState, properties: Any, find_type: FindType) -> Iterator[PropertyChange]:
    if not isinstance(properties, dict):
        return
    kind, before = find_type(state.resource_type), state.properties
    replacing = kind.replaced_by(state.resource_type, properties, before) if isinstance(kind, Replaceable) else ()
    for name in sorted({*properties, *before}):
        after = canonical(properties.get(name))
        if after != canonical(before.get(name)):
            unknown = KNOWN_LATER in after
            recreation: Recreation = "Never" if name not in replacing else "Conditionally" if unknown else "Always"
            yield PropertyChange(name, recreation)


def _properties(properties: Any, scope: Scope) -> Any:
    try:
        return resolve_plainly(properties, scope)
    except (ResourceFailed, ValidationError):  # the update will say so, as this resource's failure
        return KNOWN_LATER


def _removed(blueprint: Blueprint, before: dict[str, ResourceState]) -> Iterator[ResourceChange]:
    for name, state in before.items():
        if name not in blueprint.resources:
            yield ResourceChange("Remove", name, state.resource_type, state.physical_id)


def _scope(scope: Scope, before: dict[str, ResourceState]) -> Scope:
    def reference(logical_id: str) -> Any:
        return before[logical_id].physical_id if logical_id in before else KNOWN_LATER

    def attribute(logical_id: str, name: str) -> Any:
        return before[logical_id].attributes.get(name, KNOWN_LATER) if logical_id in before else KNOWN_LATER

    return replace(scope, reference=reference, attribute=attribute)
