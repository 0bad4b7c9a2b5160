"""The instance types that the environment names."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from api_platform.preflight.account_reading import MachineType
from api_platform.preflight.inquiry import Inquiry
from api_platform.preflight.instance_types import by_type, describe, is_standard, vcpus

_ARCHITECTURES: Final = {"arm64": "arm64", "x86_64": "amd64"}
"""EC2's word -> that of images."""


def read_machine_types(inquiry: Inquiry) -> Mapping[str, MachineType]:
    """Return the types that the region has, with the zones that offer them."""
    ec2, wanted = inquiry.client("ec2"), inquiry.instance_types
    offered = defaultdict[str, set[str]](set)
    pages = ec2.get_paginator("describe_instance_type_offerings")
    for page in pages.paginate(LocationType="availability-zone", Filters=by_type(wanted)):
        for offer in page["InstanceTypeOfferings"]:
            offered[offer["InstanceType"]].add(offer["Location"])
    return {name: _machine_type(one, offered[name]) for name, one in describe(ec2, wanted).items()}


def _machine_type(described: Mapping[str, Any], zones: set[str]) -> MachineType:
    architectures = {_ARCHITECTURES.get(one, one) for one in described["ProcessorInfo"]["SupportedArchitectures"]}
    return MachineType(
        vcpus=vcpus(described),
        architecture="arm64" if "arm64" in architectures else "amd64",
        zones=frozenset(zones),
        standard=is_standard(described["InstanceType"]),
    )
