"""Custom resources: each is an event to a Lambda function, and what that answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from eks_twin.cloudformation import Provisioned, Request, ResourceFailed, ResourceState

LambdaEvent = Mapping[str, Any]


class Functions(Protocol):
    """Where Lambda functions can be called."""

    def call(self, arn: str, event: LambdaEvent) -> LambdaEvent:
        """Call the function with the event. Raises ResourceFailed with what it raised."""


@dataclass(frozen=True)
class CustomType:
    """Every `Custom::` type, with the rules of the CDK's provider framework for physical ids."""

    functions: Functions

    def create(self, request: Request) -> Provisioned:
        """Send a Create event."""
        event = _event("Create", request)
        return _deployed(self._answer(event), default=event["RequestId"])

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Send an Update event, with the properties before; another function than before is another resource."""
        old = {"OldResourceProperties": as_text(before.properties), "PhysicalResourceId": before.physical_id}
        return _deployed(self._answer({**_event("Update", request), **old}), default=before.physical_id)

    def delete(self, request: Request, before: ResourceState) -> None:
        """Send a Delete event, to the function that created it."""
        event = {**_event("Delete", request), "PhysicalResourceId": before.physical_id}
        answered = self._answer(event).get("PhysicalResourceId", before.physical_id)
        if answered != before.physical_id:
            raise ResourceFailed(f"on deletion, the physical id changed from {before.physical_id} to {answered}")

    def _answer(self, event: LambdaEvent) -> LambdaEvent:
        return self.functions.call(event["ResourceProperties"]["ServiceToken"], event)


def as_text(value: Any) -> Any:
    """Return properties as CloudFormation sends them: every number and truth value as text."""
    if isinstance(value, Mapping):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _event(kind: str, request: Request) -> dict[str, Any]:
    return {
        "RequestType": kind,
        "RequestId": str(uuid.uuid4()),
        "StackId": request.stack_id,
        "ResourceType": request.resource_type,
        "LogicalResourceId": request.logical_id,
        "ResourceProperties": as_text(request.properties),
    }


def _deployed(answer: LambdaEvent, *, default: str) -> Provisioned:
    return Provisioned(str(answer.get("PhysicalResourceId") or default), dict(answer.get("Data") or {}))
