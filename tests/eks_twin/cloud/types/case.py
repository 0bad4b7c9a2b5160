"""What a type of resource is tested with: one case each, in the table of its service."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eks_twin.aws_clients import Clients

Properties = Mapping[str, Any]
Probe = Callable[[Clients, str], Any]
"""Asks the service's own API about the resource of this physical id."""


@dataclass(frozen=True)
class InPlace:
    """One change that keeps the resource."""

    properties: Properties
    """What the template says then; what is not named stays as it was, and None takes a property away."""
    probe: Probe
    before: Any
    """What the API says of the resource before the change, and again after it was rolled back."""
    after: Any
    """What the API says after the change."""


@dataclass(frozen=True)
class Case:
    """One type."""

    type: str
    properties: Properties
    exists: Callable[[Clients, str], bool]
    """Whether the API still knows the resource. May raise the service's own error where it does not."""
    in_place: Sequence[InPlace] = ()
    replaced_by: Properties | None = None
    """Properties that make another resource. None: no property of it does."""
    around: Mapping[str, Any] = field(default_factory=dict)
    """Other resources that it refers to: logical id -> definition."""

    def __str__(self) -> str:
        return self.type.removeprefix("AWS::").replace("::", "-")


TAGS = [{"Key": "team", "Value": "platform"}]


def tagged(probe: Probe, properties: Properties | None = None) -> InPlace:
    """Return the row of a tag that comes. `probe`: returns key -> value, or pairs."""

    def tags(clients: Clients, physical_id: str) -> Mapping[str, str]:
        found = probe(clients, physical_id) or {}
        return found if isinstance(found, Mapping) else {tag["Key"]: tag["Value"] for tag in found}

    return InPlace(properties or {"Tags": TAGS}, tags, {}, {"team": "platform"})


def changed(properties: Properties, by: Properties) -> Properties:
    """Return the properties after a change."""
    return {name: value for name, value in {**properties, **by}.items() if value is not None}
