"""EKS add-ons: the parts of a cluster that AWS installs and keeps."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from constructs import Construct, IDependable

from api_platform.access import Role
from api_platform.aws.irsa import service_account_role
from api_platform.environment import Environment

_SYSTEM_NAMESPACE = "kube-system"


class EksAddOns(Construct):
    """Networking before the nodes, which are not ready without it; what runs on nodes after them.

    No version is named: EKS takes its default for the cluster's Kubernetes version, and leaves it until somebody asks.
    """

    def __init__(self, scope: Construct, environment: Environment, cluster: eks.Cluster) -> None:
        super().__init__(scope, "AddOns")
        self._environment = environment
        self._cluster = cluster
        self.networking: Sequence[eks.CfnAddon] = (
            self._add(
                "vpc-cni",
                role=self._role("aws-node", "AmazonEKS_CNI_Policy"),
                # Without it NetworkPolicies are accepted and ignored.
                configuration={"enableNetworkPolicy": "true"},
            ),
            self._add("kube-proxy"),
        )

    def add_those_on_nodes(self, nodes: Sequence[IDependable]) -> None:
        """Add what needs nodes to run on: CloudFormation waits until each is active."""
        storage = self._role("ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy")
        for add_on in (
            self._add("coredns"),
            self._add("aws-ebs-csi-driver", role=storage),
            self._add("metrics-server"),
        ):
            add_on.node.add_dependency(*nodes)

    def _add(
        self, name: str, *, role: iam.IRole | None = None, configuration: Mapping[str, Any] | None = None
    ) -> eks.CfnAddon:
        return eks.CfnAddon(
            self,
            name,
            addon_name=name,
            cluster_name=self._cluster.cluster_name,
            # What somebody changed by hand goes back to what stands here.
            resolve_conflicts="OVERWRITE",
            service_account_role_arn=role.role_arn if role else None,
            configuration_values=json.dumps(configuration) if configuration else None,
        )

    def _role(self, service_account: str, managed_policy: str) -> iam.Role:
        role = Role(service_account, _SYSTEM_NAMESPACE, service_account, ())
        # The first use of the provider makes it, and here it lands in the cluster's own stack.
        provider = self._cluster.open_id_connect_provider
        return service_account_role(self, self._environment, role, provider, managed_policy=managed_policy)
