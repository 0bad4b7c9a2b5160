"""A cluster, which is a control plane of the twin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.eks.control_planes import ControlPlanes
from eks_twin.cloud.types.kept import Kept, changed
from eks_twin.cloud.types.tags import tagged
from eks_twin.cloudformation import Provisioned, Request, ResourceFailed, ResourceState, ResourceUntouched

_CHANGEABLE = frozenset({"DeletionProtection", "Logging", "ResourcesVpcConfig", "Tags"})
"""Properties of a cluster that can be changed while it runs."""
_TAGS = tagged(
    lambda kept, tags: kept.clients("eks").tag_resource(resourceArn=kept.attributes["Arn"], tags=tags),
    lambda kept, keys: kept.clients("eks").untag_resource(resourceArn=kept.attributes["Arn"], tagKeys=keys),
)


@dataclass(frozen=True)
class ClusterType:
    """AWS::EKS::Cluster."""

    clients: Clients
    planes: ControlPlanes

    def create(self, request: Request) -> Provisioned:
        """Register the cluster, with the security group that EKS makes for it."""
        wanted: Mapping[str, Any] = request.properties
        network = wanted["ResourcesVpcConfig"]
        self.planes.start(wanted["Name"])
        described = self.clients("eks").create_cluster(
            name=wanted["Name"],
            version=wanted["Version"],
            roleArn=wanted["RoleArn"],
            resourcesVpcConfig=_network(network),
            logging=_logging(wanted),
            tags={tag["Key"]: tag["Value"] for tag in wanted.get("Tags") or []},
        )["cluster"]
        return Provisioned(
            wanted["Name"],
            {
                "Arn": described["arn"],
                "Endpoint": described["endpoint"],
                "CertificateAuthorityData": described["certificateAuthority"]["data"],
                "OpenIdConnectIssuerUrl": described["identity"]["oidc"]["issuer"],
                "ClusterSecurityGroupId": self._security_group(wanted["Name"], network["SubnetIds"]),
            },
        )

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Take a change over, where EKS changes a running cluster. Raises ResourceUntouched where this one cannot."""
        if before.properties.get("Version") != request.properties.get("Version"):
            raise ResourceUntouched(
                "The twin's control plane has one version of Kubernetes: take it down, and up again."
            )
        changed(request, before, _CHANGEABLE)
        network = _network(request.properties["ResourcesVpcConfig"])
        self.clients("eks").update_cluster_config(
            name=before.physical_id, resourcesVpcConfig=network, logging=_logging(request.properties)
        )
        _TAGS(Kept(self.clients, before.physical_id, request.properties, before.properties, before.attributes))
        return Provisioned(before.physical_id, before.attributes)

    def delete(self, _: Request, before: ResourceState) -> None:
        """Remove the cluster, unless it is protected."""
        if before.properties.get("DeletionProtection"):
            raise ResourceFailed(f"cluster {before.physical_id} has deletion protection")
        self.clients("eks").delete_cluster(name=before.physical_id)
        self.planes.delete(before.physical_id)
        self.clients("ec2").delete_security_group(GroupId=before.attributes["ClusterSecurityGroupId"])

    def _security_group(self, cluster: str, subnets: Sequence[str]) -> str:
        ec2 = self.clients("ec2")
        network = ec2.describe_subnets(SubnetIds=list(subnets[:1]))["Subnets"][0]["VpcId"]
        made = ec2.create_security_group(
            GroupName=f"eks-cluster-sg-{cluster}", Description="Made by EKS for the cluster", VpcId=network
        )
        return str(made["GroupId"])


def _network(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a cluster is, and who reaches it, as the API takes it."""
    names = ("SubnetIds", "SecurityGroupIds", "EndpointPublicAccess", "EndpointPrivateAccess", "PublicAccessCidrs")
    return {f"{name[0].lower()}{name[1:]}": wanted[name] for name in names if name in wanted}


def _logging(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return which of its logs a cluster writes, as the API takes it."""
    enabled = ((wanted.get("Logging") or {}).get("ClusterLogging") or {}).get("EnabledTypes") or []
    return {"clusterLogging": [{"types": [one["Type"] for one in enabled], "enabled": True}]}
