"""A node group, which is simulated nodes that join its cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lightkube.models.core_v1 import Taint

from eks_twin.aws_clients import Clients
from eks_twin.cloud.eks.control_planes import ControlPlanes
from eks_twin.cloud.types.kept import changed
from eks_twin.cloudformation import Provisioned, Request, ResourceState
from eks_twin.control_plane.nodes import SimulatedGroup

_DISK_GIB_OF_EKS = 20
"""What a managed node group gives a node whose template says nothing."""
_APPLIED = frozenset({"Labels", "LaunchTemplate", "ScalingConfig", "Taints"})
_REMEMBERED = frozenset({"ForceUpdateEnabled", "ReleaseVersion", "Tags", "UpdateConfig"})
"""What a simulated node has nothing to show of: its image, and how it is exchanged for another."""


@dataclass(frozen=True)
class NodeGroupType:
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

    def update(self, request: Request, before: ResourceState) -> Provisioned:
        """Let nodes join or leave; all of them are exchanged where their disks change. Raises ResourceUntouched."""
        changed(request, before, _APPLIED | _REMEMBERED)
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
            LaunchTemplateId=template["Id"], Versions=[str(template.get("Version", "$Default"))]
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
