"""What EC2 says of instance types."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_STANDARD: Final = re.compile(r"(?:[acdhmrtz]|im?|is)\d")
"""Families A, C, D, H, I, M, R, T and Z share one quota of vCPUs; all others have their own."""


def is_standard(instance_type: str) -> bool:
    """Return whether machines of this type count against the quota of the standard families."""
    return _STANDARD.match(instance_type) is not None


def describe(ec2: Any, instance_types: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return those of the types that the region has, each as EC2 describes it."""
    pages = ec2.get_paginator("describe_instance_types").paginate(Filters=by_type(instance_types))
    return {one["InstanceType"]: one for page in pages for one in page["InstanceTypes"]}


def by_type(instance_types: Iterable[str]) -> list[dict[str, Any]]:
    """Return the filter that lets these types through: one that is not there is left out, not refused."""
    return [{"Name": "instance-type", "Values": sorted(instance_types)}]


def vcpus(described: Mapping[str, Any]) -> int:
    """Return how many vCPUs a machine of the type has."""
    return int(described["VCpuInfo"]["DefaultVCpus"])
