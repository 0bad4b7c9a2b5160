"""Cases of a VPC, its subnets, and its log of traffic."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.ec2.surroundings import VPC, listed, tags_of


def vpc_attribute(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        answer = clients("ec2").describe_vpc_attribute(VpcId=physical_id, Attribute=name)
        return answer[name[0].upper() + name[1:]]["Value"]

    return probe


def public(clients: Clients, physical_id: str) -> Any:
    return clients("ec2").describe_subnets(SubnetIds=[physical_id])["Subnets"][0]["MapPublicIpOnLaunch"]


LOG_ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
}
GROUP = {"Type": "AWS::Logs::LogGroup", "Properties": {}}
CASES = (
    Case(
        "AWS::EC2::FlowLog",
        {
            "ResourceId": {"Ref": "Vpc"},
            "ResourceType": "VPC",
            "TrafficType": "ALL",
            "LogGroupName": {"Ref": "Group"},
            "DeliverLogsPermissionArn": {"Fn::GetAtt": ["Role", "Arn"]},
        },
        listed("describe_flow_logs", "FlowLogIds", "FlowLogs"),
        [tagged(tags_of)],
        {"LogGroupName": {"Ref": "OtherGroup"}},
        {"Vpc": VPC, "Role": LOG_ROLE, "Group": GROUP, "OtherGroup": GROUP},
    ),
    Case(
        "AWS::EC2::Subnet",
        {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": True},
        listed("describe_subnets", "SubnetIds", "Subnets"),
        [InPlace({"MapPublicIpOnLaunch": False}, public, True, False), tagged(tags_of)],
        {"CidrBlock": "10.0.1.0/24"},
        {"Vpc": VPC},
    ),
    Case(
        "AWS::EC2::VPC",
        {"CidrBlock": "10.0.0.0/16"},
        listed("describe_vpcs", "VpcIds", "Vpcs"),
        [
            InPlace({"EnableDnsHostnames": True}, vpc_attribute("enableDnsHostnames"), False, True),
            InPlace({"EnableDnsSupport": False}, vpc_attribute("enableDnsSupport"), True, False),
            tagged(tags_of),
        ],
        {"CidrBlock": "10.1.0.0/16"},
    ),
)
