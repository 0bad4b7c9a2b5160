"""The case of a launch template."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace
from tests.eks_twin.cloud.types.ec2.surroundings import listed


def newest_version(clients: Clients, physical_id: str) -> Any:
    found = clients("ec2").describe_launch_template_versions(LaunchTemplateId=physical_id)["LaunchTemplateVersions"]
    return max(found, key=lambda version: version["VersionNumber"])


def machine(clients: Clients, physical_id: str) -> Any:
    return newest_version(clients, physical_id)["LaunchTemplateData"]["InstanceType"]


CASES = (
    Case(
        "AWS::EC2::LaunchTemplate",
        {"LaunchTemplateData": {"InstanceType": "m5.large"}},
        listed("describe_launch_templates", "LaunchTemplateIds", "LaunchTemplates"),
        [
            InPlace({"LaunchTemplateData": {"InstanceType": "m6i.large"}}, machine, "m5.large", "m6i.large"),
            InPlace(
                {"VersionDescription": "two"},
                lambda clients, physical_id: newest_version(clients, physical_id).get("VersionDescription"),
                None,
                "two",
            ),
        ],
        {"LaunchTemplateName": "another"},
    ),
)
