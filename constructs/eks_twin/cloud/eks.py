"""The resource types of EKS: the cluster is the twin's control plane, a node group is simulated nodes that join it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lightkube.models.core_v1 import Taint

from eks_twin.aws_clients import Clients
from eks_twin.cloudformation import Provisioned, Request, ResourceFailed, ResourceState, ResourceUntouched
from eks_twin.control_plane.nodes import SimulatedGroup


class Nodes(Protocol):
    """Where nodes can join a cluster, and leave it."""

    def join(self, group: SimulatedGroup, kubernetes_version: str) -> None:
        """Make the group's nodes exactly those that it says."""

    def leave(self, group: str) -> None:
        """Remove the group's nodes."""


class ControlPlanes(Protocol):
    """Where clusters of one account and region come and go."""

    def start(self, cluster: str) -> None:
        """Start the control plane of a cluster; one that runs already goes on."""

    def delete(self, cluster: str) -> None:
        """End the control plane, and forget what was in it."""

    def nodes(self, cluster: str) -> Nodes:
        """Return the nodes of a cluster that runs."""


_CHANGEABLE = frozenset({"DeletionProtection", "Logging", "ResourcesVpcConfig"})
"""Properties of a cluster that can be changed while it runs."""
_DISK_GIB_OF_EKS = 20
"""What a managed node group gives a node whose template says nothing."""


@dataclass(frozen=True)
class Cluster:
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
        names = {*before.properties, *request.properties}
        changed = {name for name in names if before.properties.get(name) != request.properties.get(name)}
        if "Version" in changed:
            raise ResourceUntouched(
                "The twin's control plane has one version of Kubernetes: take it down, and up again."
            )
        if unknown := changed - _CHANGEABLE:
            raise ResourceUntouched(f"The twin does not change {', '.join(sorted(unknown))} of AWS::EKS::Cluster.")
        network = _network(request.properties["ResourcesVpcConfig"])
        self.clients("eks").update_cluster_config(
            name=before.physical_id, resourcesVpcConfig=network, logging=_logging(request.properties)
        )
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


@dataclass(frozen=True)
class NodeGroups:
    """AWS::EKS::Nodegroup."""

    clients: Clients
    planes: ControlPlanes

    def create(self, request: Request) -> Provisioned:
        """Let the desired number of nodes join."""
        group = self._group(request)
        cluster = request.properties["ClusterName"]
        self.planes.nodes(cluster).join(group, self.clients("eks").describe_cluster(name=cluster)["cluster"]["version"])
        arn = f"arn:aws:eks:{request.region}:{request.account}:nodegroup/{cluster}/{group.name}"
        return Provisioned(f"{cluster}/{group.name}", {"Arn": arn, "NodegroupName": group.name, "ClusterName": cluster})

    def update(self, request: Request, _: ResourceState) -> Provisioned:
        """Let nodes join or leave; all of them are exchanged where the instance type changes."""
        return self.create(request)

    def delete(self, request: Request, _: ResourceState) -> None:
        """Let all nodes leave."""
        self.planes.nodes(request.properties["ClusterName"]).leave(_group_name(request))

    def _group(self, request: Request) -> SimulatedGroup:
        wanted: Mapping[str, Any] = request.properties
        subnets = self.clients("ec2").describe_subnets(SubnetIds=wanted["Subnets"])["Subnets"]
        return SimulatedGroup(
            name=_group_name(request),
            instance_type=wanted["InstanceTypes"][0],
            zones=tuple(sorted({subnet["AvailabilityZone"] for subnet in subnets})),
            count=int(wanted["ScalingConfig"]["DesiredSize"]),
            disk_gib=self._disk(wanted.get("LaunchTemplate")),
            labels=wanted.get("Labels") or {},
            taints=tuple(_taint(taint) for taint in wanted.get("Taints") or []),
        )

    def _disk(self, template: Mapping[str, str] | None) -> int:
        """Return the size of a node's disk in GiB: pods' ephemeral storage is scheduled by it."""
        if template is None:
            return _DISK_GIB_OF_EKS
        versions = self.clients("ec2").describe_launch_template_versions(
            LaunchTemplateId=template["Id"], Versions=["$Latest"]
        )["LaunchTemplateVersions"]
        devices = versions[0]["LaunchTemplateData"].get("BlockDeviceMappings", [])
        return max(
            (int(device["Ebs"]["VolumeSize"]) for device in devices if "Ebs" in device), default=_DISK_GIB_OF_EKS
        )


def _group_name(request: Request) -> str:
    """Return the group's name: the construct's, where the template leaves it to CloudFormation, as people read it."""
    path = str(request.metadata.get("aws:cdk:path", "")).split("/")
    given = request.properties.get("NodegroupName") or (path[-2].removeprefix("Nodegroup") if len(path) > 1 else "")
    return str(given or request.logical_id).lower()


def _taint(taint: Mapping[str, str]) -> Taint:
    effect = "".join(word.capitalize() for word in taint["Effect"].split("_"))
    return Taint(effect=effect, key=taint["Key"], value=taint.get("Value", ""))


class PartOfCluster:
    """AWS::EKS::Addon and AWS::EKS::AccessEntry: accepted and remembered, with nothing behind them.

    What the add-ons would run are DaemonSets and controllers on nodes that are simulated here, and the twin's API
    server knows its one user by a token.
    """

    def create(self, request: Request) -> Provisioned:
        """Accept it."""
        wanted = request.properties
        name = wanted.get("AddonName") or wanted.get("PrincipalArn")
        kind = request.resource_type.rsplit("::", 1)[-1].lower()
        arn = f"arn:aws:eks:{request.region}:{request.account}:{kind}/{wanted['ClusterName']}/{name}"
        return Provisioned(f"{wanted['ClusterName']}|{name}", {"Arn": arn, "AccessEntryArn": arn})

    def update(self, request: Request, _: ResourceState) -> Provisioned:
        """Accept the change."""
        return self.create(request)

    def delete(self, request: Request, before: ResourceState) -> None:
        """Forget it."""
