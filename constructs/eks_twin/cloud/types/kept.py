"""A type of resource that moto creates from a template, and that API calls change and delete."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation.parsing import (
    generate_resource_name,
    resource_class_from_type,
    resource_name_property_from_type,
)

from eks_twin.aws_clients import Clients
from eks_twin.cloud.turns import TURN
from eks_twin.cloud.types.moto_attributes import MotoAttributes
from eks_twin.cloudformation import Provisioned, Request, ResourceFailed, ResourceState, ResourceUntouched, reason_of

_SO_ALREADY = re.compile("NotFound|NoSuch|NonExistent|DoesNotExist|NotAttached|Duplicate|AlreadyAssociated")
"""In the codes by which services say that there is no such thing, or that there is one already."""

Properties = Mapping[str, Any]


@contextmanager
def unless_so_already() -> Iterator[None]:
    """Let a service say that it need do nothing.

    A rollback takes away what a failed update may not have come to, and brings back what it may not have taken away.
    """
    try:
        yield
    except ClientError as error:
        if not _SO_ALREADY.search(error.response["Error"]["Code"]):
            raise


@dataclass(frozen=True)
class Kept:
    """A resource that exists, and what of it is asked for."""

    clients: Clients
    id: str
    """The physical id."""
    after: Properties
    """What the template says now; as it was last, where it is deleted."""
    before: Properties = field(default_factory=dict)
    """What it said last; empty at the creation."""
    attributes: Properties = field(default_factory=dict)
    """What `Fn::GetAtt` finds."""

    def listed(self, name: str) -> tuple[list[Any], list[Any]]:
        """Return what leaves a list and what comes into it."""
        old, new = (list(properties.get(name) or []) for properties in (self.before, self.after))
        return [one for one in old if one not in new], [one for one in new if one not in old]


ChangeInPlace = Callable[[Kept], object]
"""Brings one property, or several that belong together, from `before` to `after`. Raises what boto3 raises."""


@dataclass(frozen=True)
class KeptType:
    """One type of resource."""

    clients: Clients
    delete_it: ChangeInPlace
    changes: Mapping[str, ChangeInPlace] = field(default_factory=dict)
    """Property -> how it is changed in place. Any other property is not."""
    left_out: frozenset[str] = frozenset()
    """Properties that moto's model does not take at creation: they are set right after, as tags always are."""
    defaults: Callable[[Request], Properties] = lambda _: {}
    """Properties that moto wants, and CloudFormation does without."""
    _models: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """moto's objects by physical id: they live as long as moto does."""

    def create(self, request: Request) -> Provisioned:
        """Create the resource under the name in its properties, else under one made of stack and logical id."""
        later = {name for name in request.properties if name in self.left_out or name == "Tags"} & self.changes.keys()
        at_once = {
            name: value for name, value in request.properties.items() if name not in later or name in self.left_out
        }
        properties = {**self.defaults(request), **at_once}
        with TURN:
            model = resource_class_from_type(request.resource_type).create_from_cloudformation_json(
                _name(request),
                {"Type": request.resource_type, "Properties": properties},
                request.account,
                request.region,
                LogicalId=request.logical_id,
                StackId=request.stack_id,
                ResourceType=request.resource_type,
            )
        physical_id = str(model.physical_resource_id)
        self._models[physical_id] = model
        kept = Kept(self.clients, physical_id, request.properties, attributes=MotoAttributes(model))
        try:
            self._apply(kept, later)
        except Exception as error:  # whatever it is, the rollback must know of what is there already
            raise ResourceFailed(reason_of(error), physical_id=physical_id) from error
        return Provisioned(physical_id, kept.attributes)

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Change the resource in place. Raises ResourceUntouched where there is no way for a property that changed."""
        names = changed(request, before, self.changes)
        attributes = MotoAttributes(self._models[before.physical_id])
        self._apply(Kept(self.clients, before.physical_id, request.properties, before.properties, attributes), names)
        return Provisioned(before.physical_id, attributes)

    def read(self, _: Request, before: ResourceState) -> Provisioned:
        """Say what there is."""
        return Provisioned(before.physical_id, MotoAttributes(self._models[before.physical_id]))

    def delete(self, _: Request, before: ResourceState) -> None:
        """Delete the resource. One that somebody else has deleted is gone, as it should be."""
        model = self._models.get(before.physical_id)
        attributes = MotoAttributes(model) if model else before.attributes
        with unless_so_already():
            self.delete_it(Kept(self.clients, before.physical_id, before.properties, before.properties, attributes))
        self._models.pop(before.physical_id, None)

    def _apply(self, kept: Kept, names: set[str]) -> None:
        """Make each change once, also where it stands for several properties."""
        for change in dict.fromkeys(self.changes[name] for name in sorted(names)):
            change(kept)


def changed(request: Request, before: ResourceState, changeable: Container[str]) -> set[str]:
    """Return the properties that change. Raises ResourceUntouched where one of them is not `changeable`."""
    old, new = before.properties, request.properties
    names = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    if unknown := sorted(name for name in names if name not in changeable):
        raise ResourceUntouched(f"The twin does not change {', '.join(unknown)} of {request.resource_type}.")
    return names


def _name(request: Request) -> str:
    kind = request.resource_type
    property_name = resource_name_property_from_type(kind)
    given = request.properties.get(property_name) if property_name else None
    made = str(generate_resource_name(kind, request.stack_name, request.logical_id))
    return str(given) if given else made.lower() if kind == "AWS::ECR::Repository" else made
