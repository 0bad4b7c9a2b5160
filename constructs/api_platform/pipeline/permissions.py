"""What each project may do, written by hand: CDK's own grants are wider, and move with its versions."""

from collections.abc import Iterable

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from api_platform.account_demands import bootstrap_qualifier
from api_platform.environment import Environment


def trusted_service(service: str, account: str) -> iam.ServicePrincipal:
    """Return a service of AWS as who may assume a role: for this account's resources alone."""
    return iam.ServicePrincipal(f"{service}.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": account}})


def bootstrap_roles(account: str, region: str, *purposes: str) -> iam.PolicyStatement:
    """Return the permission to assume roles that `cdk bootstrap` made there: deploy, file-publishing, lookup."""
    begin = f"arn:aws:iam::{account}:role/cdk-{bootstrap_qualifier()}"
    roles = [f"{begin}-{purpose}-role-{account}-{region}" for purpose in purposes]
    return assume(*roles)


def assume(*roles: str) -> iam.PolicyStatement:
    """Return the permission to assume the roles, by ARN."""
    return iam.PolicyStatement(actions=["sts:AssumeRole"], resources=list(roles))


def let_logs_use(key: kms.Key, account: str, region: str) -> None:
    """Let CloudWatch encrypt log groups with the key: it names the group in the context of what it encrypts."""
    groups = f"arn:aws:logs:{region}:{account}:log-group:*"
    logs = iam.ServicePrincipal(
        f"logs.{region}.amazonaws.com", conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}
    )
    actions = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    key.add_to_resource_policy(iam.PolicyStatement(principals=[logs], actions=actions, resources=["*"]))  # in its own


def artifact_access(bucket: s3.IBucket, key: kms.IKey) -> Iterable[iam.PolicyStatement]:
    """Return the permissions to read and write the pipeline's artifacts."""
    yield iam.PolicyStatement(
        actions=["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], resources=[bucket.arn_for_objects("*")]
    )
    yield iam.PolicyStatement(actions=["s3:GetBucketVersioning", "s3:GetBucketLocation"], resources=[bucket.bucket_arn])
    yield iam.PolicyStatement(actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[key.key_arn])


def log_access(log_group_arn: str) -> iam.PolicyStatement:
    """Return the permission to write into one log group that is there already."""
    return iam.PolicyStatement(actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group_arn])


def use_network(environment: Environment, vpc: ec2.IVpc, group: ec2.ISecurityGroup) -> Iterable[iam.PolicyStatement]:
    """Return the permissions by which CodeBuild puts a build into private subnets of the environment's VPC."""
    arn = f"arn:aws:ec2:{environment.region}:{environment.account}"
    interfaces = f"{arn}:network-interface/*"  # none has a name before it is there
    subnets = [f"{arn}:subnet/{subnet.subnet_id}" for subnet in vpc.private_subnets]
    yield iam.PolicyStatement(
        actions=[
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ],
        resources=["*"],  # which descriptions do not know
    )
    yield iam.PolicyStatement(
        actions=["ec2:CreateNetworkInterface"],
        resources=[interfaces, *subnets, f"{arn}:security-group/{group.security_group_id}"],
    )
    yield iam.PolicyStatement(actions=["ec2:DeleteNetworkInterface"], resources=[interfaces])
    yield iam.PolicyStatement(
        actions=["ec2:CreateNetworkInterfacePermission"],
        resources=[interfaces],
        conditions={"StringEquals": {"ec2:AuthorizedService": "codebuild.amazonaws.com", "ec2:Subnet": subnets}},
    )


def use_connection(arn: str) -> iam.PolicyStatement:
    """Return the permission to read the repository. The service was renamed, and asks for either name by the ARN's."""
    return iam.PolicyStatement(
        actions=["codeconnections:UseConnection", "codestar-connections:UseConnection"], resources=[arn]
    )
