"""The case of a security group."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, tagged
from tests.eks_twin.cloud.types.ec2.surroundings import VPC, listed, tags_of


def ingress(clients: Clients, physical_id: str) -> list[Any]:
    (found,) = clients("ec2").describe_security_groups(GroupIds=[physical_id])["SecurityGroups"]
    return [(rule["FromPort"], rule["IpRanges"][0]["CidrIp"]) for rule in found["IpPermissions"]]


def egress(clients: Clients, physical_id: str) -> list[Any]:
    (found,) = clients("ec2").describe_security_groups(GroupIds=[physical_id])["SecurityGroups"]
    return [(rule["IpProtocol"], rule.get("FromPort")) for rule in found["IpPermissionsEgress"]]


HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"}
CASES = (
    Case(
        "AWS::EC2::SecurityGroup",
        {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "a group"},
        listed("describe_security_groups", "GroupIds", "SecurityGroups"),
        [
            InPlace({"SecurityGroupIngress": [HTTPS]}, ingress, [], [(443, "10.0.0.0/8")]),
            InPlace({"SecurityGroupEgress": [HTTPS]}, egress, [("-1", None)], [("tcp", 443)]),
            tagged(tags_of),
        ],
        {"GroupDescription": "another"},
        {"Vpc": VPC},
    ),
)
