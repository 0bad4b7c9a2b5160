"""Stack `network`."""

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from api_platform.aws.network import Network
from api_platform.environment import Environment


class NetworkStack(Stack):
    """The environment's VPC."""

    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "network", description=f"VPC of {environment.name}")
        self.vpc: ec2.Vpc = Network(self, environment).vpc
