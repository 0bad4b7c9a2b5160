"""What the executor asks of those who make resources."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from eks_twin.cloudformation.state import ResourceState


@dataclass(frozen=True)
class Request:
    """Which resource is wanted, and what it shall be like."""

    stack_name: str
    stack_id: str
    logical_id: str
    resource_type: str
    properties: Mapping[str, Any]
    """Resolved: neither intrinsic functions nor dynamic references are left, and secrets stand in clear text."""
    account: str
    region: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """As the template has it."""


@dataclass(frozen=True)
class Provisioned:
    """What became of a create or an update."""

    physical_id: str
    """What Ref answers, too."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What Fn::GetAtt answers. May be lazy: whatever it iterates over is kept, besides what the template asks for.

    A KeyError fails the resource that asked.
    """
    note: str = ""
    """What the event of its completion says. Default: nothing."""


class ResourceType(Protocol):
    """Makes all resources of one type. Called from several threads at once, for different resources.

    Raises ResourceFailed where it cannot; any other exception is a failure too, and its type's name is told.
    """

    def create(self, request: Request) -> Provisioned:
        """Make it."""

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Change it from `before`; also called to bring the old properties back in a rollback.

        With another physical id it says that it made a new one instead: the old one is deleted once all else is done,
        or the new one, if something fails.
        """

    def delete(self, request: Request, before: ResourceState) -> None:
        """Delete it. That it is gone already is no failure."""


@runtime_checkable
class Readable(Protocol):
    """A resource type that can also be asked for attributes which no template had asked for when it provisioned."""

    def read(self, request: Request, before: ResourceState) -> Provisioned:
        """Say what there is, changing nothing."""


@runtime_checkable
class Replaceable(Protocol):
    """A resource type that can tell beforehand which changes make a new resource, for change sets to show."""

    def replaced_by(self, resource_type: str, after: Mapping[str, Any], before: Mapping[str, Any]) -> Collection[str]:
        """Return the names of the properties whose change makes one."""


FindType = Callable[[str], ResourceType]
"""Returns who makes resources of a type ("AWS::SQS::Queue"), or raises UnknownResourceType."""
