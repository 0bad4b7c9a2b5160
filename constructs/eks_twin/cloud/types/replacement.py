"""What makes a new resource, and what changes the old one: cfn-lint has the schemas that CloudFormation publishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from moto.cloudformation.parsing import resource_name_property_from_type

from eks_twin.cloudformation import Provisioned, Readable, Request, ResourceState, ResourceType, ResourceUntouched

_PROPERTIES = "/properties/"


@dataclass(frozen=True)
class Replacing:
    """A type whose properties that cannot change make a new resource; only other changes reach the type itself."""

    inner: ResourceType

    def create(self, request: Request) -> Provisioned:
        """Make it."""
        return self.inner.create(request)

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Change it, or make another. Raises ResourceUntouched where the other one would need the same name."""
        if not self.replaced_by(request.resource_type, request.properties, before.properties):
            return self.inner.update(request, before)
        name = _custom_name(request.resource_type, request.properties)
        if name and name == _custom_name(request.resource_type, before.properties):
            raise ResourceUntouched(
                "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                f"Rename {name} and update the stack again."
            )
        identity = _given_identity(request.resource_type, request.properties)
        if identity and identity == _given_identity(request.resource_type, before.properties):
            raise ResourceUntouched(
                f"Resource of type '{request.resource_type}' with identifier '{'|'.join(identity)}' already exists."
            )
        return self.inner.create(request)

    def replaced_by(self, resource_type: str, after: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
        """Return the names of the properties whose change makes a new resource."""
        return {path[0] for path in create_only(resource_type) if _differs(path, after, before)}

    def read(self, request: Request, before: ResourceState) -> Provisioned:
        """Say what there is."""
        if isinstance(self.inner, Readable):
            return self.inner.read(request, before)
        return Provisioned(before.physical_id, before.attributes)

    def delete(self, request: Request, before: ResourceState) -> None:
        """Delete it."""
        self.inner.delete(request, before)


@cache
def create_only(resource_type: str) -> tuple[tuple[str, ...], ...]:
    """Return paths of the properties that are read at creation alone; none for a type without a schema."""
    return tuple(_path(pointer) for pointer in schema(resource_type).get("createOnlyProperties", ()))


@cache
def name_property(resource_type: str) -> str | None:
    """Return the property by which a template may give the resource its name; None where it cannot."""
    if known := resource_name_property_from_type(resource_type):
        return str(known)
    fixed, computed, identifier = (
        {_path(pointer)[0] for pointer in schema(resource_type).get(key, ())}
        for key in ("createOnlyProperties", "readOnlyProperties", "primaryIdentifier")
    )
    names = [f"{resource_type.rpartition('::')[2]}Name", "Name"]
    # What is identified by more than its name can have the same name in another place.
    return next((name for name in names if name in fixed and identifier <= {name} | computed), None)


def _custom_name(resource_type: str, properties: Mapping[str, Any]) -> str | None:
    name = name_property(resource_type)
    return properties.get(name) if name else None


def _given_identity(resource_type: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells the resource from all others of its type; empty where AWS has a part in that."""
    names = [_path(pointer)[0] for pointer in schema(resource_type).get("primaryIdentifier", ())]
    return tuple(str(properties[name]) for name in names) if properties.keys() >= set(names) else ()


def _path(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.removeprefix(_PROPERTIES).split("/"))


def _differs(path: Iterable[str], after: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    old: Any = before
    new: Any = after
    for step in path:
        old, new = (each.get(step) if isinstance(each, Mapping) else None for each in (old, new))
    return bool(old != new)


def load_schemas() -> None:
    """Load what knows the schemas: it takes a second or two, which the first update would otherwise take longer."""
    schema("AWS::SQS::Queue")


@cache
def schema(resource_type: str) -> Mapping[str, Any]:
    """Return what CloudFormation publishes of a type; empty for a type of which it publishes nothing."""
    # Takes a second, and most deployments update nothing.
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

    try:
        found: Mapping[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    except ResourceNotFoundError:
        return {}
    return found
