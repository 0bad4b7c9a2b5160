"""What an account of the twin's AWS holds in a region: to see that nothing is left where all was deleted."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from eks_twin.aws_clients import Clients

Resource = Mapping[str, Any]


def _any(_: Resource) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of resource, and the call that lists it."""

    name: str
    service: str
    call: str
    answer: str
    """Where the list is in the answer."""
    id: str = ""
    """Where the name of each is. Default: each is its own name."""
    counts: Callable[[Resource], bool] = _any
    """Whether it counts: what AWS makes for every account does not, nor what it only remembers."""


KINDS: Final = (
    Kind("VPC", "ec2", "describe_vpcs", "Vpcs", "VpcId", lambda one: not one["IsDefault"]),
    Kind("subnet", "ec2", "describe_subnets", "Subnets", "SubnetId", lambda one: not one["DefaultForAz"]),
    Kind(
        "security group",
        "ec2",
        "describe_security_groups",
        "SecurityGroups",
        "GroupId",
        lambda one: one["GroupName"] != "default",
    ),
    Kind("address", "ec2", "describe_addresses", "Addresses", "PublicIp"),
    Kind(
        "NAT gateway",
        "ec2",
        "describe_nat_gateways",
        "NatGateways",
        "NatGatewayId",
        lambda one: one["State"] != "deleted",
    ),
    Kind("internet gateway", "ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    Kind(
        "VPC endpoint",
        "ec2",
        "describe_vpc_endpoints",
        "VpcEndpoints",
        "VpcEndpointId",
        lambda one: one["State"] != "deleted",
    ),
    Kind("launch template", "ec2", "describe_launch_templates", "LaunchTemplates", "LaunchTemplateId"),
    Kind("flow log", "ec2", "describe_flow_logs", "FlowLogs", "FlowLogId"),
    Kind("role", "iam", "list_roles", "Roles", "RoleName"),
    Kind(
        "OIDC provider",
        "iam",
        "list_open_id_connect_providers",
        "OpenIDConnectProviderList",
        "Arn",
    ),
    Kind("cluster", "eks", "list_clusters", "clusters"),
    Kind("queue", "sqs", "list_queues", "QueueUrls"),
    Kind("topic", "sns", "list_topics", "Topics", "TopicArn"),
    Kind("subscription", "sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    Kind("bucket", "s3", "list_buckets", "Buckets", "Name"),
    Kind(
        "alias of a key",
        "kms",
        "list_aliases",
        "Aliases",
        "AliasName",
        lambda one: not one["AliasName"].startswith("alias/aws/"),
    ),
    Kind("function", "lambda", "list_functions", "Functions", "FunctionName"),
    Kind("layer", "lambda", "list_layers", "Layers", "LayerName"),
    Kind("log group", "logs", "describe_log_groups", "logGroups", "logGroupName"),
    Kind("parameter", "ssm", "describe_parameters", "Parameters", "Name"),
    Kind("alarm", "cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    Kind("repository", "ecr", "describe_repositories", "repositories", "repositoryName"),
)
"""All that a stack of the catalogue's types makes, and that has a life of its own."""


def holdings(clients: Clients) -> Set[str]:
    """Return what there is, as kind and name."""
    return {f"{kind.name} {name}" for kind in KINDS for name in _names(clients(kind.service), kind)}


def _names(client: Any, kind: Kind) -> Set[str]:
    if client.can_paginate(kind.call):
        pages = client.get_paginator(kind.call).paginate()
    else:
        pages = [getattr(client, kind.call)()]
    found = [one for page in pages for one in page.get(kind.answer, [])]
    if not kind.id:
        return set(found)
    return {str(one[kind.id]) for one in found if kind.counts(one)}
