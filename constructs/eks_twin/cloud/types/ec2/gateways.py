"""Ways out of a VPC: gateways, and the addresses that they have."""

from collections.abc import Mapping

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import TAGS, ec2
from eks_twin.cloud.types.kept import Kept, KeptType, unless_so_already


def types(clients: Clients) -> Mapping[str, KeptType]:
    """Return the types."""
    return {
        "EIP": KeptType(clients, _release, TAGS, defaults=lambda _: {"Domain": "vpc"}),
        "InternetGateway": KeptType(
            clients, lambda kept: ec2(kept).delete_internet_gateway(InternetGatewayId=kept.id), TAGS
        ),
        "NatGateway": KeptType(clients, _delete_nat_gateway, TAGS),
        "VPCGatewayAttachment": KeptType(clients, _detach, {"InternetGatewayId": _attach_another}),
    }


def _release(kept: Kept) -> None:
    (address,) = ec2(kept).describe_addresses(PublicIps=[kept.id])["Addresses"]
    ec2(kept).release_address(AllocationId=address["AllocationId"])


def _delete_nat_gateway(kept: Kept) -> None:
    """Delete the gateway, and free its address, which moto would hold for ever."""
    ec2(kept).delete_nat_gateway(NatGatewayId=kept.id)
    if allocation := kept.after.get("AllocationId"):
        (address,) = ec2(kept).describe_addresses(AllocationIds=[allocation])["Addresses"]
        ec2(kept).disassociate_address(AssociationId=address["AssociationId"])


def _detach(kept: Kept) -> None:
    ec2(kept).detach_internet_gateway(InternetGatewayId=kept.before["InternetGatewayId"], VpcId=kept.before["VpcId"])


def _attach_another(kept: Kept) -> None:
    with unless_so_already():
        _detach(kept)
    with unless_so_already():
        ec2(kept).attach_internet_gateway(InternetGatewayId=kept.after["InternetGatewayId"], VpcId=kept.after["VpcId"])
