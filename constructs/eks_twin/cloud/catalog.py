"""Every type of resource that the twin's CloudFormation knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from eks_twin.aws_clients import Clients
from eks_twin.cloud import attached_policies, boto_types, eks, moto_updates
from eks_twin.cloud.custom_type import CustomType, Functions
from eks_twin.cloud.moto_type import MotoType
from eks_twin.cloudformation import Request, ResourceType, UnknownResourceType

_NETWORK = (
    *("EIP", "FlowLog", "InternetGateway", "LaunchTemplate", "NatGateway", "Route", "RouteTable", "SecurityGroup"),
    *("Subnet", "SubnetRouteTableAssociation", "VPC", "VPCEndpoint", "VPCGatewayAttachment"),
)


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
    return Catalog(
        {**_kept_by_moto(clients), **_made_by_api_calls(clients), **_cluster(clients, planes), **more},
        CustomType(functions),
    )


def _kept_by_moto(clients: Clients) -> Mapping[str, ResourceType]:
    by_moto, replaced = MotoType(moto_updates.by_moto), MotoType(moto_updates.tags_only)
    return {
        **{f"AWS::EC2::{kind}": replaced for kind in _NETWORK},
        "AWS::ECR::Repository": replaced,
        "AWS::IAM::ManagedPolicy": replaced,
        "AWS::IAM::Policy": by_moto,
        "AWS::IAM::Role": MotoType(moto_updates.update_role(clients)),
        "AWS::KMS::Alias": by_moto,
        "AWS::KMS::Key": MotoType(moto_updates.update_key(clients)),
        "AWS::Lambda::Function": by_moto,
        "AWS::Logs::LogGroup": MotoType(moto_updates.update_log_group(clients)),
        "AWS::S3::Bucket": by_moto,
        "AWS::SNS::Topic": replaced,
        "AWS::SQS::Queue": MotoType(moto_updates.update_queue(clients)),
        "AWS::SSM::Parameter": MotoType(moto_updates.by_moto, _parameter_name),
    }


def _made_by_api_calls(clients: Clients) -> Mapping[str, ResourceType]:
    return {
        "AWS::CDK::Metadata": boto_types.Nothing(),
        "AWS::CloudFormation::WaitConditionHandle": boto_types.Nothing(),
        "AWS::CloudWatch::Alarm": boto_types.Alarm(clients),
        "AWS::IAM::OIDCProvider": boto_types.OpenIdConnectProvider(clients),
        "AWS::Lambda::LayerVersion": boto_types.LayerVersion(clients),
        "AWS::S3::BucketPolicy": attached_policies.bucket_policy(clients),
        "AWS::SNS::Subscription": boto_types.Subscription(clients),
        "AWS::SNS::TopicPolicy": attached_policies.topic_policy(clients),
        "AWS::SQS::QueuePolicy": attached_policies.queue_policy(clients),
    }


def _cluster(clients: Clients, planes: eks.ControlPlanes) -> Mapping[str, ResourceType]:
    return {
        "AWS::EKS::AccessEntry": eks.PartOfCluster(),
        "AWS::EKS::Addon": eks.PartOfCluster(),
        "AWS::EKS::Cluster": eks.Cluster(clients, planes),
        "AWS::EKS::Nodegroup": eks.NodeGroups(clients, planes),
    }


def _parameter_name(request: Request) -> Mapping[str, object]:
    """Name a parameter as CloudFormation does where the template leaves that to it; moto wants it among the rest."""
    return {"Name": f"{request.stack_name}-{request.logical_id}"}
