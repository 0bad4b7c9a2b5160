"""A VPC, its subnets, and its log of traffic."""

from collections.abc import Mapping

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import TAGS, ec2
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType

_DNS = {"EnableDnsSupport": True, "EnableDnsHostnames": False}
"""What a VPC does of DNS where the template does not say."""


def types(clients: Clients) -> Mapping[str, KeptType]:
    """Return the types."""
    return {
        "FlowLog": KeptType(clients, lambda kept: ec2(kept).delete_flow_logs(FlowLogIds=[kept.id]), TAGS),
        "Subnet": KeptType(
            clients,
            lambda kept: ec2(kept).delete_subnet(SubnetId=kept.id),
            {**TAGS, "MapPublicIpOnLaunch": _public_addresses},
        ),
        "VPC": KeptType(
            clients,
            lambda kept: ec2(kept).delete_vpc(VpcId=kept.id),
            {**TAGS, **{name: _dns(name, default=default) for name, default in _DNS.items()}},
        ),
    }


def _dns(name: str, *, default: bool) -> ChangeInPlace:
    def change(kept: Kept) -> None:
        ec2(kept).modify_vpc_attribute(VpcId=kept.id, **{name: {"Value": _truth(kept.after.get(name, default))}})

    return change


def _public_addresses(kept: Kept) -> None:
    value = {"Value": _truth(kept.after.get("MapPublicIpOnLaunch", False))}
    ec2(kept).modify_subnet_attribute(SubnetId=kept.id, MapPublicIpOnLaunch=value)


def _truth(value: object) -> bool:
    """Return a truth value of a template, which may be text."""
    return str(value).lower() == "true"
