"""Stack `cluster`."""

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from api_platform.aws.cluster import Cluster
from api_platform.environment import Environment


class ClusterStack(Stack):
    """The EKS cluster, its nodes, and the parts that AWS keeps."""

    def __init__(self, scope: Construct, environment: Environment, vpc: ec2.IVpc) -> None:
        super().__init__(scope, "cluster", description=f"EKS cluster of {environment.name}")
        self.cluster = Cluster(self, environment, vpc).cluster
        # Exported whether or not somebody uses it, so that the template is the same with the pipeline and without.
        self.security_group_id: str = self.export_value(self.cluster.cluster_security_group_id)
