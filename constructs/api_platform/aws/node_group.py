"""A managed node group: machines that EKS replaces and drains by itself."""

from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.environment_file import NodeGroup


class NodeGroups(Construct):
    """The cluster's two node groups: one for everything, one for media processing alone."""

    def __init__(self, scope: Construct, environment: Environment, cluster: eks.Cluster) -> None:
        super().__init__(scope, "NodeGroups")
        role = _node_role(self)
        pool = names.MEDIA_PROCESSING_POOL
        groups = environment.node_groups
        self.groups: Sequence[eks.Nodegroup] = (
            _node_group(cluster, "system", groups.system, role, _launch_template(self, "system", _disk(environment))),
            _node_group(
                cluster, pool, groups.media_processing, role, _launch_template(self, pool, _disk(environment)), pool
            ),
        )


def _node_group(
    cluster: eks.Cluster,
    name: str,
    size: NodeGroup,
    role: iam.IRole,
    template: ec2.LaunchTemplate,
    pool: str | None = None,
) -> eks.Nodegroup:
    """Create a node group. `pool`: its nodes take pods that ask for this pool, and no others. Default: all pods."""
    instance_type = ec2.InstanceType(size.instance_type)
    taint = eks.TaintSpec(key=names.NODE_POOL_LABEL, value=pool, effect=eks.TaintEffect.NO_SCHEDULE)
    return cluster.add_nodegroup_capacity(
        name,
        instance_types=[instance_type],
        ami_type=ami_type(instance_type),
        min_size=size.minimum,
        max_size=size.maximum,
        node_role=role,
        launch_template_spec=eks.LaunchTemplateSpec(
            id=template.launch_template_id or "", version=template.latest_version_number
        ),
        max_unavailable_percentage=33,
        # An update fails rather than break a budget: the CDK's own default breaks them after 15 minutes.
        force_update=False,
        labels={names.NODE_POOL_LABEL: pool} if pool else None,
        taints=[taint] if pool else None,
    )


def ami_type(instance_type: ec2.InstanceType) -> eks.NodegroupAmiType:
    """Return the machine image for the type's processor: Amazon Linux 2023, named, since the CDK's default is AL2."""
    if instance_type.architecture == ec2.InstanceArchitecture.ARM_64:
        return eks.NodegroupAmiType.AL2023_ARM_64_STANDARD
    return eks.NodegroupAmiType.AL2023_X86_64_STANDARD


def _node_role(scope: Construct) -> iam.Role:
    """Create the nodes' role: join the cluster, pull images. The CNI has a role of its own (IRSA)."""
    policies = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
    return iam.Role(
        scope,
        "NodeRole",
        assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(policy) for policy in policies],
    )


def _disk(environment: Environment) -> int:
    """Return the size of a node's disk in GiB: it holds the ephemeral storage that a node's worth of pods asks for.

    A pod of media-service or a worker asks for 12 to 22 GiB, and the larger machines of production take 14 of them.
    """
    return environment.choose(development=100, staging=150, production=300)


def _launch_template(scope: Construct, name: str, disk: int) -> ec2.LaunchTemplate:
    """Create the template: an encrypted disk, and instance metadata that a pod cannot reach.

    With a hop limit of 1 the answer dies at the pod's own network, so no pod can take the node's role.
    """
    volume = ec2.BlockDeviceVolume.ebs(disk, encrypted=True, volume_type=ec2.EbsDeviceVolumeType.GP3)
    return ec2.LaunchTemplate(
        scope,
        f"{name}-template",
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=volume)],
        require_imdsv2=True,
        http_put_response_hop_limit=1,
    )
