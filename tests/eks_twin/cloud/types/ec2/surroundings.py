"""What cases of EC2 stand in, and ask alike."""

from typing import Any

from eks_twin.aws_clients import Clients

VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
OTHER_VPC = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.9.0.0/16"}}
GATEWAY = {"Type": "AWS::EC2::InternetGateway", "Properties": {}}
TABLE = {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}}


def subnet(cidr: str = "10.0.0.0/24") -> dict[str, Any]:
    return {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": cidr}}


def tags_of(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_tags(Filters=[{"Name": "resource-id", "Values": [physical_id]}])["Tags"]


def listed(call: str, parameter: str, answer: str) -> Any:
    def exists(clients: Clients, physical_id: str) -> bool:
        return bool(getattr(clients("ec2"), call)(**{parameter: [physical_id]})[answer])

    return exists


ADDRESS = {"Type": "AWS::EC2::EIP", "Properties": {}}
