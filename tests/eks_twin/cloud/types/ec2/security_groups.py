"""The cases of a security group, and of a rule that stands for itself."""

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


def described(clients: Clients, physical_id: str) -> str:
    """Return the description of the rule; raises IndexError where it is gone."""
    found = clients("ec2").describe_security_group_rules(SecurityGroupRuleIds=[physical_id])["SecurityGroupRules"]
    return str(found[0]["Description"])


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
    Case(
        "AWS::EC2::SecurityGroupIngress",
        {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}, "Description": "one", **HTTPS},
        lambda clients, physical_id: bool(described(clients, physical_id)),
        [InPlace({"Description": "two"}, described, "one", "two")],
        {"CidrIp": "10.1.0.0/16"},
        {
            "Vpc": VPC,
            "Group": {
                "Type": "AWS::EC2::SecurityGroup",
                "Properties": {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "a group"},
            },
        },
    ),
)
