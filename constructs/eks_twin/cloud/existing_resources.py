"""Says whether a name that a template gives to a resource is taken by one that exists already."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from eks_twin.cloudformation import Request

_NOT_THERE: Final = re.compile(r"NotFound|NonExistent|NoSuch|^404$")
"""Error codes by which services say so."""

Ask = Callable[[Clients, str], Any]
"""Takes a name. What is falsy, or an error that says that nothing is there, is a no."""


@dataclass(frozen=True)
class Named:
    """A type whose resources are named by a property."""

    name_property: str
    ask: Ask


def _topic(clients: Clients, name: str) -> Any:
    place = clients.place
    return clients("sns").get_topic_attributes(TopicArn=f"arn:aws:sns:{place.region}:{place.account}:{name}")


def _log_group(clients: Clients, name: str) -> bool:
    found = clients("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(group["logGroupName"] == name for group in found)


def _managed_policy(clients: Clients, name: str) -> Any:
    return clients("iam").get_policy(PolicyArn=f"arn:aws:iam::{clients.place.account}:policy/{name}")


NAMED: Final[Mapping[str, Named]] = {
    "AWS::CloudWatch::Alarm": Named(
        "AlarmName", lambda aws, name: aws("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    ),
    "AWS::EC2::LaunchTemplate": Named(
        "LaunchTemplateName", lambda aws, name: aws("ec2").describe_launch_templates(LaunchTemplateNames=[name])
    ),
    "AWS::ECR::Repository": Named(
        "RepositoryName", lambda aws, name: aws("ecr").describe_repositories(repositoryNames=[name])
    ),
    "AWS::IAM::ManagedPolicy": Named("ManagedPolicyName", _managed_policy),
    "AWS::IAM::Role": Named("RoleName", lambda aws, name: aws("iam").get_role(RoleName=name)),
    "AWS::KMS::Alias": Named("AliasName", lambda aws, name: aws("kms").describe_key(KeyId=name)),
    "AWS::Lambda::Function": Named(
        "FunctionName", lambda aws, name: aws("lambda").get_function_configuration(FunctionName=name)
    ),
    "AWS::Logs::LogGroup": Named("LogGroupName", _log_group),
    "AWS::S3::Bucket": Named("BucketName", lambda aws, name: aws("s3").head_bucket(Bucket=name)),
    "AWS::SNS::Topic": Named("TopicName", _topic),
    "AWS::SQS::Queue": Named("QueueName", lambda aws, name: aws("sqs").get_queue_url(QueueName=name)),
    "AWS::SSM::Parameter": Named("Name", lambda aws, name: aws("ssm").get_parameter(Name=name)),
}


@dataclass(frozen=True)
class ExistingResources:
    """Asks the services of one account and region."""

    clients: Clients

    def __call__(self, request: Request, before: Mapping[str, Any]) -> str:
        """Return the name that the request gives to a resource to come, if it is taken; empty: it may be made.

        `before`: the resource's properties so far; a name that it has already is its own.
        """
        named = NAMED.get(request.resource_type)
        if named is None or named.name_property not in request.properties:
            return ""
        name = str(request.properties[named.name_property])
        if before.get(named.name_property) == name:
            return ""
        try:
            return name if named.ask(self.clients, name) else ""
        except ClientError as error:
            if _NOT_THERE.search(error.response["Error"]["Code"]):
                return ""
            raise
