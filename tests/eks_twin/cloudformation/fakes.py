"""Resource types that only remember what they were asked, and fail where they are told to."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from eks_twin.cloudformation import Provisioned, Request, ResourceFailed, ResourceState, UnknownResourceType
from eks_twin.cloudformation.resource_type import ResourceType


@dataclass(frozen=True)
class Call:
    """One call of a resource type."""

    verb: str
    logical_id: str
    properties: Mapping[str, Any]
    before: ResourceState | None = None


def _no_hook(_verb: str, _logical_id: str) -> None:
    pass


@dataclass
class FakeCloud:
    """Makes resources of every type `Test::...`; physical ids are `<logical id>-<number>`."""

    live: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Physical id -> properties of what exists."""
    calls: list[Call] = field(default_factory=list)
    failing: dict[tuple[str, str], Exception] = field(default_factory=dict)
    """(verb, logical id) -> what to raise, until it is taken out again."""
    replacing: set[str] = field(default_factory=set)
    """Logical ids whose update makes a new physical resource."""
    attributes: Mapping[str, Any] | None = None
    """What Fn::GetAtt answers. Default: Arn, made of the physical id; and Properties.Name, where there is a Name."""
    hook: Callable[[str, str], None] = _no_hook
    """Called first of all, with verb and logical id."""
    _made: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find_type(self, resource_type: str) -> ResourceType:
        if not resource_type.startswith("Test::"):
            raise UnknownResourceType(resource_type)
        return self

    def create(self, request: Request) -> Provisioned:
        self._begin("create", request)
        return self._made_new(request)

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        self._begin("update", request, before)
        if request.logical_id in self.replacing:
            return self._made_new(request)
        with self._lock:
            if before.physical_id not in self.live:
                raise LookupError(before.physical_id)
            self.live[before.physical_id] = dict(request.properties)
        return self._provisioned(before.physical_id, request)

    def delete(self, request: Request, before: ResourceState) -> None:
        self._begin("delete", request, before)
        with self._lock:
            del self.live[before.physical_id]

    def asked(self, verb: str) -> list[str]:
        """Logical ids of this verb's calls, in order."""
        return [call.logical_id for call in self.calls if call.verb == verb]

    def fail(self, verb: str, logical_id: str, error: Exception | None = None) -> None:
        """Let it fail. Default: with a reason of its own."""
        self.failing[verb, logical_id] = error or ResourceFailed(f"no {verb} of {logical_id}")

    def _begin(self, verb: str, request: Request, before: ResourceState | None = None) -> None:
        self.hook(verb, request.logical_id)
        with self._lock:
            self.calls.append(Call(verb, request.logical_id, deepcopy(request.properties), deepcopy(before)))
        if (verb, request.logical_id) in self.failing:
            raise self.failing[verb, request.logical_id]

    def _made_new(self, request: Request) -> Provisioned:
        with self._lock:
            number = self._made[request.logical_id] = self._made.get(request.logical_id, 0) + 1
            physical_id = self._physical_id(request.logical_id, number)
            self.live[physical_id] = dict(request.properties)
        return self._provisioned(physical_id, request)

    @staticmethod
    def _physical_id(logical_id: str, number: int) -> str:
        return f"{logical_id}-{number}"

    def _provisioned(self, physical_id: str, request: Request) -> Provisioned:
        if self.attributes is not None:
            return Provisioned(physical_id, self.attributes)
        attributes = {"Arn": f"arn:{physical_id}"}
        if "Name" in request.properties:
            attributes["Properties.Name"] = request.properties["Name"]
        return Provisioned(physical_id, attributes)


class ReadableCloud(FakeCloud):
    """One whose types can be asked for more attributes later."""

    def read(self, _request: Request, before: ResourceState) -> Provisioned:
        return Provisioned(before.physical_id, {"Url": f"url:{before.physical_id}"})


class Anything(Mapping[str, str]):
    """Answers every question, and does not say to which: as a lazy resource type does."""

    def __init__(self, physical_id: str, broken: Collection[str] = ()) -> None:
        self._physical_id = physical_id
        self._broken = broken

    def __getitem__(self, name: str) -> str:
        if name in self._broken:
            raise ConnectionError(name)
        return f"arn:aws:test:eu-west-1:111122223333:{name}//{self._physical_id}"  # can be split as ARNs and URLs are

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class AnyCloud(FakeCloud):
    """One that makes resources of every type, with every attribute except the broken ones."""

    broken_attributes: Collection[str] = ()

    def find_type(self, _resource_type: str) -> ResourceType:
        return self

    @staticmethod
    def _physical_id(logical_id: str, number: int) -> str:
        return f"arn:aws:iam::111122223333:oidc-provider/{logical_id}-{number}"  # the shape that templates take apart

    def _provisioned(self, physical_id: str, _request: Request) -> Provisioned:
        return Provisioned(physical_id, Anything(physical_id, self.broken_attributes))
