"""A stack with a cluster, and one of each type that is a part of it."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
INSIDE: Mapping[str, Any] = {"ClusterName": {"Ref": "Cluster"}}
RESOURCES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "Vpc": ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
    "Subnet": (
        "AWS::EC2::Subnet",
        {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "us-east-1a"},
    ),
    "Role": ("AWS::IAM::Role", {"AssumeRolePolicyDocument": TRUST}),
    "Cluster": (
        "AWS::EKS::Cluster",
        {
            "Name": "one",
            "Version": "1.36",
            "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
            "ResourcesVpcConfig": {"SubnetIds": [{"Ref": "Subnet"}], "SecurityGroupIds": []},
        },
    ),
    "Machines": ("AWS::EC2::LaunchTemplate", {"LaunchTemplateData": {}}),
    "Group": (
        "AWS::EKS::Nodegroup",
        {
            **INSIDE,
            "NodeRole": {"Fn::GetAtt": ["Role", "Arn"]},
            "Subnets": [{"Ref": "Subnet"}],
            "InstanceTypes": ["m7g.large"],
            "ScalingConfig": {"DesiredSize": 2, "MinSize": 1, "MaxSize": 3},
        },
    ),
    "Addon": ("AWS::EKS::Addon", {**INSIDE, "AddonName": "coredns"}),
    "Entry": ("AWS::EKS::AccessEntry", {**INSIDE, "PrincipalArn": {"Fn::GetAtt": ["Role", "Arn"]}}),
}


def template(changes: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the template. `changes`: logical id -> properties beside, or instead of, those that stand above."""
    return json.dumps(
        {
            "Resources": {
                name: {"Type": kind, "Properties": {**properties, **changes.get(name, {})}}
                for name, (kind, properties) in RESOURCES.items()
            }
        }
    )


def settled(clients: Clients, name: str) -> str:
    """Wait until nothing is in progress, and return the status."""
    while (found := clients("cloudformation").describe_stacks(StackName=name)["Stacks"][0])["StackStatus"].endswith(
        "_IN_PROGRESS"
    ):
        pass
    return str(found["StackStatus"])


def create(clients: Clients, **changes: Mapping[str, Any]) -> str:
    """Return the new stack's id."""
    made = clients("cloudformation").create_stack(StackName="s", TemplateBody=template(changes))
    assert settled(clients, "s") == "CREATE_COMPLETE"
    return str(made["StackId"])


def update(clients: Clients, **changes: Mapping[str, Any]) -> tuple[str, str]:
    """Return the status, and the reasons of what failed."""
    clients("cloudformation").update_stack(StackName="s", TemplateBody=template(changes))
    status = settled(clients, "s")
    events = clients("cloudformation").describe_stack_events(StackName="s")["StackEvents"]
    return status, " ".join(one.get("ResourceStatusReason", "") for one in events if "FAILED" in one["ResourceStatus"])
