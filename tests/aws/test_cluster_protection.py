"""Who may delete a cluster is what the environment file says."""

import pytest
from aws_cdk import aws_ec2 as ec2

from api_platform.aws.cluster import Cluster
from tests.aws.building import template_of
from tests.specs import an_environment

pytestmark = pytest.mark.aws


@pytest.mark.parametrize("protected", [False, True])
def test_the_environment_file_protects_it(protected: bool) -> None:
    environment = an_environment(protect_cluster=protected)
    template = template_of(lambda stack: Cluster(stack, environment, ec2.Vpc(stack, "Vpc")))
    template.has_resource_properties("AWS::EKS::Cluster", {"DeletionProtection": protected})
