"""Updates of single resources, without a stack around them."""

from collections.abc import Mapping
from typing import Any

from eks_twin.cloud.eks import types
from eks_twin.cloud.types.replacement import Replacing
from eks_twin.cloudformation import Provisioned, Request, ResourceState

NOWHERE: Any = None
"""Instead of AWS and of control planes, where nothing may ask them."""


def updated(kind: str, properties: Mapping[str, Any], change: Mapping[str, Any]) -> Provisioned:
    """Return what became of the resource `it` by the change. Raises what its type raises."""
    before = ResourceState("It", kind, "it", "CREATE_COMPLETE", properties=properties, attributes={"Arn": "arn:it"})
    wanted = Request("s", "arn:s", "It", kind, {**properties, **change}, "333333333333", "us-east-1")
    return Replacing(types(NOWHERE, NOWHERE)[kind]).update(wanted, before)
