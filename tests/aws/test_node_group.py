"""Machines: image, size, and who may run on them."""

import pytest
from aws_cdk import aws_ec2 as ec2

from api_platform.aws.node_group import ami_type
from api_platform.environment import Environment, load_environments
from tests.aws.synthesized import Resource, Synthesized, in_every_environment

pytestmark = pytest.mark.aws
CLUSTERS = in_every_environment("cluster")


def groups(synthesized: Synthesized, stack: str) -> tuple[Resource, Resource]:
    """Return the properties of the system group and of the one for media processing."""
    found = [one["Properties"] for one in synthesized.resources(stack, "AWS::EKS::Nodegroup").values()]
    system, media = sorted(found, key=lambda one: "Taints" in one)
    return system, media


@pytest.mark.parametrize(
    ("machine", "image"),
    [
        ("m7g.large", "AL2023_ARM_64_STANDARD"),
        ("c7gn.4xlarge", "AL2023_ARM_64_STANDARD"),
        ("t4g.medium", "AL2023_ARM_64_STANDARD"),
        ("m7i.large", "AL2023_X86_64_STANDARD"),
        ("m7a.2xlarge", "AL2023_X86_64_STANDARD"),
        ("c6in.xlarge", "AL2023_X86_64_STANDARD"),
    ],
)
def test_the_image_follows_from_the_machine(machine: str, image: str) -> None:
    """The CDK's own default is Amazon Linux 2, of which Kubernetes 1.36 has no image."""
    assert ami_type(ec2.InstanceType(machine)).value == image


@pytest.mark.parametrize("stack", CLUSTERS)
def test_media_processing_has_nodes_that_nobody_else_may_use(synthesized: Synthesized, stack: str) -> None:
    system, media = groups(synthesized, stack)
    assert media["Labels"] == {"workload": "media-processing"}
    assert media["Taints"] == [{"Effect": "NO_SCHEDULE", "Key": "workload", "Value": "media-processing"}]
    assert "Labels" not in system


@pytest.mark.parametrize("environment", load_environments(), ids=lambda environment: environment.name)
def test_sizes_and_machines_are_the_environment_files(synthesized: Synthesized, environment: Environment) -> None:
    declared = environment.node_groups
    for group, file in zip(
        groups(synthesized, f"{environment.name}/cluster"), (declared.system, declared.media_processing), strict=True
    ):
        assert group["InstanceTypes"] == [file.instance_type]
        assert (group["ScalingConfig"]["MinSize"], group["ScalingConfig"]["MaxSize"]) == (file.minimum, file.maximum)


@pytest.mark.parametrize("stack", CLUSTERS)
def test_no_pod_reaches_the_nodes_credentials(synthesized: Synthesized, stack: str) -> None:
    """With a hop limit of 2, the default, any pod takes the node's role from the instance metadata."""
    for one in synthesized.resources(stack, "AWS::EC2::LaunchTemplate").values():
        metadata = one["Properties"]["LaunchTemplateData"]["MetadataOptions"]
        assert metadata == {"HttpPutResponseHopLimit": 1, "HttpTokens": "required"}


@pytest.mark.parametrize("stack", CLUSTERS)
def test_disks_are_encrypted(synthesized: Synthesized, stack: str) -> None:
    for one in synthesized.resources(stack, "AWS::EC2::LaunchTemplate").values():
        (disk,) = one["Properties"]["LaunchTemplateData"]["BlockDeviceMappings"]
        assert disk["Ebs"]["Encrypted"] is True


@pytest.mark.parametrize("stack", CLUSTERS)
def test_an_update_of_nodes_breaks_no_budget(synthesized: Synthesized, stack: str) -> None:
    """Forced, it cuts a job off after 15 minutes; a job may take 30."""
    assert [one["ForceUpdateEnabled"] for one in groups(synthesized, stack)] == [False, False]
