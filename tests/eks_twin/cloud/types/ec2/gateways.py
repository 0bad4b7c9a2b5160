"""Cases of the ways out of a VPC."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, tagged
from tests.eks_twin.cloud.types.ec2.surroundings import ADDRESS, GATEWAY, OTHER_VPC, VPC, listed, subnet, tags_of


def tags_of_address(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_addresses(PublicIps=[physical_id])["Addresses"][0].get("Tags")


def nat_gateway(clients: Clients, physical_id: str) -> bool:
    (found,) = clients("ec2").describe_nat_gateways(NatGatewayIds=[physical_id])["NatGateways"]
    return bool(found["State"] != "deleted")  # AWS keeps showing one for an hour


def attached(clients: Clients, physical_id: str) -> bool:
    filters = [{"Name": "attachment.vpc-id", "Values": [physical_id]}]
    return bool(clients("ec2").describe_internet_gateways(Filters=filters)["InternetGateways"])


def gateway_tag(clients: Clients, physical_id: str) -> list[Any]:
    filters = [{"Name": "attachment.vpc-id", "Values": [physical_id]}]
    gateways = clients("ec2").describe_internet_gateways(Filters=filters)["InternetGateways"]
    return [gateway.get("Tags", []) for gateway in gateways]


CASES = (
    Case(
        "AWS::EC2::EIP",
        {"Domain": "vpc"},
        listed("describe_addresses", "PublicIps", "Addresses"),
        [tagged(tags_of_address)],
    ),
    Case(
        "AWS::EC2::InternetGateway",
        {},
        listed("describe_internet_gateways", "InternetGatewayIds", "InternetGateways"),
        [tagged(tags_of)],
    ),
    Case(
        "AWS::EC2::NatGateway",
        {"SubnetId": {"Ref": "Subnet"}, "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}},
        nat_gateway,
        [tagged(tags_of)],
        {"AllocationId": {"Fn::GetAtt": ["OtherAddress", "AllocationId"]}},
        {
            "Vpc": VPC,
            "Subnet": subnet(),
            "Address": ADDRESS,
            "OtherAddress": ADDRESS,
        },
    ),
    Case(
        "AWS::EC2::VPCGatewayAttachment",
        {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}},
        attached,
        [
            InPlace(
                {"InternetGatewayId": {"Ref": "OtherGateway"}},
                gateway_tag,
                [[]],
                [[{"Key": "other", "Value": "yes"}]],
            )
        ],
        {"VpcId": {"Ref": "Other"}, "InternetGatewayId": {"Ref": "OtherGateway"}},
        {
            "Vpc": VPC,
            "Other": OTHER_VPC,
            "Gateway": GATEWAY,
            "OtherGateway": {**GATEWAY, "Properties": {"Tags": [{"Key": "other", "Value": "yes"}]}},
        },
    ),
)
