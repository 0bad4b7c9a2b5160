"""Resource types that moto itself can create from a template."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.cloudformation.parsing import (
    generate_resource_name,
    resource_class_from_type,
    resource_name_property_from_type,
)

from eks_twin.cloudformation import Deployed, Request, ResourceFailed, ResourceState

ONE_AT_A_TIME = RLock()
"""moto's models are plain dictionaries, written for one caller at a time."""

Update = Callable[[Any, Mapping[str, Any], Request], None]
"""Changes what a model stands for. Takes the model, the properties before, and the request."""


class MotoAttributes(Mapping[str, object]):
    """What `Fn::GetAtt` finds on one of moto's models. moto cannot list them: the names are those asked for so far."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __getitem__(self, name: str) -> object:
        try:
            return self.model.get_cfn_attribute(name)
        except (UnformattedGetAttTemplateException, NotImplementedError) as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True)
class MotoType:
    """One type of resource, created and deleted by moto's own model of it."""

    update_in_place: Update | None = None
    """How a change is made without a new resource. None: a change makes a new one, and the old one goes."""
    defaults: Callable[[Request], Mapping[str, object]] = lambda _: {}
    """Properties that moto wants, and CloudFormation does without."""
    _models: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)
    """moto's objects, by stack and physical id: they live as long as moto does."""

    def create(self, request: Request) -> Deployed:
        """Create the resource under the name in its properties, else under one made of stack and logical id."""
        kind = request.resource_type
        with ONE_AT_A_TIME:
            name = _name(request)
            model = resource_class_from_type(kind).create_from_cloudformation_json(
                name,
                _document(request.properties, self.defaults(request), kind),
                request.account,
                request.region,
                LogicalId=request.logical_id,
                StackId=request.stack_id,
                ResourceType=kind,
            )
            physical_id = str(model.physical_resource_id)
            self._models[request.stack_id, physical_id] = model
            return Deployed(physical_id, MotoAttributes(model))

    def update(self, request: Request, before: ResourceState) -> Deployed:
        """Change the resource in place where that is possible and its name stays, else create a new one."""
        name_property = resource_name_property_from_type(request.resource_type)
        keeps_name = not name_property or request.properties.get(name_property) == before.properties.get(name_property)
        if not (self.update_in_place and keeps_name):
            return self._replacement(request, before, name_property)
        with ONE_AT_A_TIME:
            model = self._models[request.stack_id, before.physical_id]
            self.update_in_place(model, before.properties, request)
        return Deployed(before.physical_id, MotoAttributes(model))

    def _replacement(self, request: Request, before: ResourceState, name_property: str | None) -> Deployed:
        if name_property and name_property in request.properties:
            name = request.properties[name_property]
            if name == before.properties.get(name_property):
                raise ResourceFailed(
                    f"CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                    f"Rename {name} and update the stack again."
                )
        return self.create(request)

    def delete(self, request: Request, before: ResourceState) -> None:
        """Delete the resource by moto's own model."""
        kind = request.resource_type
        with ONE_AT_A_TIME:
            resource_class_from_type(kind).delete_from_cloudformation_json(
                before.physical_id, _document(before.properties, {}, kind), request.account, request.region
            )
            self._models.pop((request.stack_id, before.physical_id), None)


def _name(request: Request) -> str:
    kind = request.resource_type
    property_name = resource_name_property_from_type(kind)
    given = request.properties.get(property_name) if property_name else None
    return str(given) if given else generate_resource_name(kind, request.stack_name, request.logical_id)


def _document(properties: Mapping[str, object], defaults: Mapping[str, object], kind: str) -> dict[str, Any]:
    return {"Type": kind, "Properties": {**defaults, **properties}}
