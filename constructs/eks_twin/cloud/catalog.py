"""Every type of resource that the twin's CloudFormation knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from eks_twin.aws_clients import Clients
from eks_twin.cloud import attached_policies, boto_types, eks
from eks_twin.cloud.custom_type import CustomType, Functions
from eks_twin.cloud.types import ec2, ecr, iam, kms, logs, remembered, s3, sns, sqs, ssm
from eks_twin.cloud.types import functions as lambda_functions
from eks_twin.cloud.types.replacement import Replacing
from eks_twin.cloudformation import ResourceType, UnknownResourceType

_SERVICES = (ec2, ecr, iam, kms, lambda_functions, logs, remembered, s3, sns, sqs, ssm)


@dataclass(frozen=True)
class Catalog:
    """Finds what creates, updates and deletes a type."""

    types: Mapping[str, ResourceType]
    custom: ResourceType

    def __call__(self, name: str) -> ResourceType:
        """Return the type of this name. Raises UnknownResourceType."""
        if name.startswith("Custom::") or name == "AWS::CloudFormation::CustomResource":
            return self.custom
        if name not in self.types:
            raise UnknownResourceType(name)
        return self.types[name]


def catalog(
    clients: Clients, planes: eks.ControlPlanes, functions: Functions, more: Mapping[str, ResourceType]
) -> Catalog:
    """Return the catalog over the twin's AWS, and `more` types, which win over ours."""
    kept = {name: kind for service in _SERVICES for name, kind in service.types(clients).items()}
    known = {**kept, **_made_by_api_calls(clients), **eks.types(clients, planes), **more}
    return Catalog({name: Replacing(kind) for name, kind in known.items()}, CustomType(functions))


def _made_by_api_calls(clients: Clients) -> Mapping[str, ResourceType]:
    return {
        "AWS::CDK::Metadata": boto_types.Nothing(),
        "AWS::CloudFormation::WaitConditionHandle": boto_types.Nothing(),
        "AWS::CloudWatch::Alarm": boto_types.Alarm(clients),
        "AWS::IAM::OIDCProvider": boto_types.OpenIdConnectProvider(clients),
        "AWS::S3::BucketPolicy": attached_policies.bucket_policy(clients),
        "AWS::SNS::TopicPolicy": attached_policies.topic_policy(clients),
        "AWS::SQS::QueuePolicy": attached_policies.queue_policy(clients),
    }
