"""The VPC of one environment: subnets, ways out, private ways to AWS, and a record of who talked to whom."""

from ipaddress import IPv4Network

from aws_cdk import Tags
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_logs as logs
from constructs import Construct

from api_platform.account_demands import nat_gateways
from api_platform.aws.retention import retention
from api_platform.environment import Environment

_SERVICES = {
    "sts": ec2.InterfaceVpcEndpointAwsService.STS,
    "sqs": ec2.InterfaceVpcEndpointAwsService.SQS,
    "ecr": ec2.InterfaceVpcEndpointAwsService.ECR,
    "ecr-docker": ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
    "eks": ec2.InterfaceVpcEndpointAwsService.EKS,
    "ec2": ec2.InterfaceVpcEndpointAwsService.EC2,
    "kms": ec2.InterfaceVpcEndpointAwsService.KMS,
    "lambda": ec2.InterfaceVpcEndpointAwsService.LAMBDA_,
    "logs": ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
    "secrets-manager": ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
}
"""What nodes, workloads, operators and the two kubectl functions call."""

_SUBNETS = ["AWS::EC2::Subnet"]


class Network(Construct):
    """One VPC over exactly the environment's zones. Nodes and pods have private addresses only."""

    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "Network")
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(environment.network_cidr),
            availability_zones=list(environment.zones),
            nat_gateways=nat_gateways(environment),
            subnet_configuration=_subnets(environment),
        )
        self._tag_for_load_balancers()
        self._add_endpoints(environment)
        self._add_flow_log(environment)

    def _tag_for_load_balancers(self) -> None:
        """Tell the load balancer controllers where to put public and internal ones."""
        for subnet in self.vpc.public_subnets:
            Tags.of(subnet).add("kubernetes.io/role/elb", "1", include_resource_types=_SUBNETS)
        for subnet in self.vpc.private_subnets:
            Tags.of(subnet).add("kubernetes.io/role/internal-elb", "1", include_resource_types=_SUBNETS)

    def _add_endpoints(self, environment: Environment) -> None:
        """Reach AWS without the NAT gateways.

        The gateway endpoint costs nothing. Interface endpoints are paid by hour and zone: production has them, so that
        workloads still work while NAT does not; staging has those that its deployments rest on.
        """
        self.vpc.add_gateway_endpoint("s3", service=ec2.GatewayVpcEndpointAwsService.S3)
        endpoints = environment.choose(
            development=(), staging=("sts", "ecr", "ecr-docker"), production=tuple(_SERVICES)
        )
        for endpoint in endpoints:
            self.vpc.add_interface_endpoint(endpoint, service=_SERVICES[endpoint])

    def _add_flow_log(self, environment: Environment) -> None:
        retained = environment.choose(
            development=logs.RetentionDays.ONE_WEEK,
            staging=logs.RetentionDays.ONE_MONTH,
            production=logs.RetentionDays.ONE_YEAR,
        )
        group = logs.LogGroup(self, "FlowLogs", retention=retained, removal_policy=retention(environment))
        self.vpc.add_flow_log("flow-log", destination=ec2.FlowLogDestination.to_cloud_watch_logs(group))


def _subnets(environment: Environment) -> list[ec2.SubnetConfiguration]:
    """Return one private and one public subnet a zone.

    Every pod has an address of its private subnet, so these take most of the range: a quarter of it each with up to
    three zones, an eighth with up to six. The public ones hold load balancers and NAT gateways: a quarter of that.
    """
    whole = IPv4Network(environment.network_cidr).prefixlen
    private = whole + (2 if len(environment.zones) <= 3 else 3)
    return [
        ec2.SubnetConfiguration(name="private", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=private),
        ec2.SubnetConfiguration(
            name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=private + 2, map_public_ip_on_launch=False
        ),
    ]
