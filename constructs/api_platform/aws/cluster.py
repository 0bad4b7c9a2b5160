"""The EKS cluster of one environment."""

from typing import cast

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_logs as logs
from constructs import Construct

from api_platform import names
from api_platform.account_demands import control_plane_log_group
from api_platform.aws.eks_add_ons import EksAddOns
from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.kubectl_layer import kubectl_layer
from api_platform.aws.node_group import NodeGroups
from api_platform.aws.retention import retention
from api_platform.environment import Environment

_LOGGING = (
    eks.ClusterLoggingTypes.API,
    eks.ClusterLoggingTypes.AUDIT,
    eks.ClusterLoggingTypes.AUTHENTICATOR,
    eks.ClusterLoggingTypes.CONTROLLER_MANAGER,
    eks.ClusterLoggingTypes.SCHEDULER,
)


class Cluster(Construct):
    """A private cluster: its API answers inside the VPC only, and people get in by their IAM roles."""

    def __init__(self, scope: Construct, environment: Environment, vpc: ec2.IVpc) -> None:
        super().__init__(scope, "Cluster")
        cluster = self._cluster(environment, vpc)
        resource = cast("eks.CfnCluster", cluster.node.default_child)
        # The L2 class lacks these properties.
        resource.deletion_protection = environment.protect_cluster
        # Else a version that nobody has moved on from costs six times as much; and a zone that is ill is left by hand.
        resource.upgrade_policy = eks.CfnCluster.UpgradePolicyProperty(support_type="STANDARD")
        resource.zonal_shift_config = eks.CfnCluster.ZonalShiftConfigProperty(enabled=True)
        resource.node.add_dependency(_log_group(self, environment))
        _admit_administrators(cluster, environment)
        _add_nodes(self, environment, cluster)
        # The class and the interface differ in nothing but mypy's reading of jsii's generated signatures.
        self.cluster = cast("eks.ICluster", cluster)

    def _cluster(self, environment: Environment, vpc: ec2.IVpc) -> eks.Cluster:
        return eks.Cluster(
            self,
            "Eks",
            cluster_name=names.cluster_name(environment),
            version=eks.KubernetesVersion.of(environment.kubernetes_version),
            vpc=vpc,
            vpc_subnets=[ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)],
            endpoint_access=eks.EndpointAccess.PRIVATE,
            cluster_logging=list(_LOGGING),
            secrets_encryption_key=encryption_key(self, environment, "cluster"),
            # Our node groups and add-ons only: neither Auto Mode, nor two default nodes, nor unmanaged add-ons.
            default_capacity_type=eks.DefaultCapacityType.NODEGROUP,
            default_capacity=0,
            bootstrap_self_managed_addons=False,
            # Whoever deploys is no administrator for that.
            bootstrap_cluster_creator_admin_permissions=False,
            # One resource an object: kubectl's pruning knows no HPAs, budgets or custom resources.
            prune=False,
            kubectl_provider_options=eks.KubectlProviderOptions(kubectl_layer=kubectl_layer(self, environment)),
        )


def _log_group(scope: Construct, environment: Environment) -> logs.LogGroup:
    """Create the group that EKS writes to, before EKS makes one that keeps everything for ever."""
    retained = environment.choose(
        development=logs.RetentionDays.ONE_WEEK,
        staging=logs.RetentionDays.ONE_MONTH,
        production=logs.RetentionDays.ONE_YEAR,
    )
    return logs.LogGroup(
        scope,
        "ControlPlaneLogs",
        log_group_name=control_plane_log_group(environment),
        retention=retained,
        removal_policy=retention(environment),
    )


def _admit_administrators(cluster: eks.Cluster, environment: Environment) -> None:
    """Make an access entry for each role of the environment file."""
    policy = eks.AccessPolicy.from_access_policy_name(
        "AmazonEKSClusterAdminPolicy", access_scope_type=eks.AccessScopeType.CLUSTER
    )
    for role in environment.administrator_roles:
        cluster.grant_access(role.replace("/", "-"), role, [policy])


def _add_nodes(scope: Construct, environment: Environment, cluster: eks.Cluster) -> None:
    add_ons = EksAddOns(scope, environment, cluster)
    nodes = NodeGroups(scope, environment, cluster).groups
    for group in nodes:
        group.node.add_dependency(*add_ons.networking)
    add_ons.add_those_on_nodes(nodes)
