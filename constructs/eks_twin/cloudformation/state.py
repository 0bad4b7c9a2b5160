"""What is known of a stack between two operations: plain frozen data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Instance = tuple[str, str, str]
"""One physical resource: logical id, type, physical id. A logical id has two of them while it is being replaced."""


def canonical(value: Any) -> str:
    """Return text that is equal exactly where two resolved values are; Python's own == takes 1 for True."""
    return json.dumps(value, sort_keys=True, default=repr)


@dataclass(frozen=True)
class StackIdentity:
    """Which stack, and where."""

    name: str
    id: str
    account: str
    region: str


@dataclass(frozen=True)
class Output:
    """A value that a stack shows, and exports where it has an `export_name`."""

    name: str
    value: str
    export_name: str = ""
    description: str = ""


@dataclass(frozen=True)
class ResourceState:
    """One physical resource, as its type left it."""

    logical_id: str
    resource_type: str
    physical_id: str
    """What Ref answers, too. Empty where the resource failed before it had one."""
    status: str
    reason: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)
    """Resolved. After a failed update: the ones that were attempted."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What Fn::GetAtt answers."""
    dependencies: tuple[str, ...] = ()
    """Logical ids of what it refers to or depends on: all of that outlives it."""
    deletion_policy: str = "Delete"
    update_replace_policy: str = "Delete"
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def instance(self) -> Instance:
        """Which physical resource this is."""
        return (self.logical_id, self.resource_type, self.physical_id)

    @property
    def failed(self) -> bool:
        """Whether nobody knows what it is like: its creation or update did not end well."""
        return self.status.endswith("_FAILED")

    def like(self, other: "ResourceState") -> bool:
        """Whether both are the same physical resource with the same properties."""
        return self.instance == other.instance and canonical(self.properties) == canonical(other.properties)


@dataclass(frozen=True)
class StackState:
    """A stack after an operation. Every operation takes one and returns another."""

    identity: StackIdentity
    status: str
    reason: str = ""
    """Why the last operation failed, also where the status is ...ROLLBACK_COMPLETE."""
    template: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    """As given, defaults filled in; an SSM parameter's name, not its value."""
    resources: Mapping[str, ResourceState] = field(default_factory=dict)
    """By logical id."""
    outputs: tuple[Output, ...] = ()
    imports: tuple[str, ...] = ()
    """Names of the exports that it imports, by which others know that theirs are in use."""
    stable: "StackState | None" = None
    """What a rollback of a FAILED stack returns to."""
    leftovers: tuple[ResourceState, ...] = ()
    """Replaced or half-made physical resources of a FAILED stack, which the next operation deletes."""

    @property
    def exports(self) -> dict[str, str]:
        """Name -> value."""
        return {output.export_name: output.value for output in self.outputs if output.export_name}

    @property
    def instances(self) -> tuple[ResourceState, ...]:
        """Every physical resource that the stack answers for."""
        stable = tuple(self.stable.resources.values()) if self.stable else ()
        known = {state.instance: state for state in (*stable, *self.leftovers, *self.resources.values())}
        return tuple(known.values())
