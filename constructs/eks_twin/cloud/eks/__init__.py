"""The resource types of EKS: the cluster is the twin's control plane, a node group is simulated nodes that join it."""

from collections.abc import Mapping

from eks_twin.aws_clients import Clients
from eks_twin.cloud.eks.cluster import ClusterType
from eks_twin.cloud.eks.control_planes import ControlPlanes
from eks_twin.cloud.eks.node_group import NodeGroupType
from eks_twin.cloud.eks.remembered_type import RememberedType
from eks_twin.cloudformation import ResourceType

__all__ = ["ControlPlanes", "types"]


def types(clients: Clients, planes: ControlPlanes) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {
        "AWS::EKS::AccessEntry": RememberedType(
            "PrincipalArn", frozenset({"AccessPolicies", "KubernetesGroups", "Tags", "Username"})
        ),
        "AWS::EKS::Addon": RememberedType(
            "AddonName",
            frozenset(
                {
                    "AddonVersion",
                    "ConfigurationValues",
                    "PodIdentityAssociations",
                    "PreserveOnDelete",
                    "ResolveConflicts",
                    "ServiceAccountRoleArn",
                    "Tags",
                }
            ),
        ),
        "AWS::EKS::Cluster": ClusterType(clients, planes),
        "AWS::EKS::Nodegroup": NodeGroupType(clients, planes),
    }
