"""What has nothing behind it in the twin: what can be changed of it is what AWS changes in place."""

from collections.abc import Mapping
from typing import Any

import pytest

from eks_twin.aws_clients import Clients
from eks_twin.cloudformation import ResourceUntouched
from tests.eks_twin.cloud.eks.requests import updated
from tests.eks_twin.cloud.eks.stack import create, update

ADD_ON, ENTRY = "AWS::EKS::Addon", "AWS::EKS::AccessEntry"
PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    ADD_ON: {"ClusterName": "one", "AddonName": "coredns"},
    ENTRY: {"ClusterName": "one", "PrincipalArn": "arn:aws:iam::333333333333:role/admin", "Type": "STANDARD"},
}
POLICY = {
    "PolicyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    "AccessScope": {"Type": "cluster"},
}


def ids(clients: Clients) -> Mapping[str, str]:
    """Return logical id -> physical id."""
    found = clients("cloudformation").describe_stack_resources(StackName="s")["StackResources"]
    return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in found}


@pytest.mark.slow
def test_the_parts_of_a_cluster_are_changed_in_place_and_are_who_they_were(clients: Clients) -> None:
    create(clients)
    before = ids(clients)
    version, policies = {"AddonVersion": "v1.12.1-eksbuild.2"}, {"AccessPolicies": [POLICY]}
    assert update(clients, Addon=version, Entry=policies) == ("UPDATE_COMPLETE", "")
    assert ids(clients) == before


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (ADD_ON, {"AddonVersion": "v1.12.1-eksbuild.2"}),
        (ADD_ON, {"ConfigurationValues": '{"replicaCount": 3}'}),
        (ADD_ON, {"PodIdentityAssociations": []}),
        (ADD_ON, {"PreserveOnDelete": True}),
        (ADD_ON, {"ResolveConflicts": "OVERWRITE"}),
        (ADD_ON, {"ServiceAccountRoleArn": "arn:aws:iam::333333333333:role/dns"}),
        (ADD_ON, {"Tags": []}),
        (ENTRY, {"AccessPolicies": [POLICY]}),
        (ENTRY, {"KubernetesGroups": ["readers"]}),
        (ENTRY, {"Tags": []}),
        (ENTRY, {"Username": "somebody"}),
    ],
)
def test_it_is_changed_in_place(kind: str, change: Mapping[str, Any]) -> None:
    now = updated(kind, PROPERTIES[kind], change)
    assert (now.physical_id, now.attributes["Arn"]) == ("it", "arn:it")


@pytest.mark.parametrize("kind", [ADD_ON, ENTRY])
def test_a_property_of_which_nothing_is_known_is_refused_by_name(kind: str) -> None:
    """It was taken without a word, and on AWS the deployment fails."""
    with pytest.raises(ResourceUntouched, match=f"Colour of {kind}"):
        updated(kind, PROPERTIES[kind], {"Colour": "red"})


@pytest.mark.parametrize(("kind", "change"), [(ADD_ON, {"AddonName": "vpc-cni"}), (ENTRY, {"ClusterName": "two"})])
def test_under_another_identity_it_is_another(kind: str, change: Mapping[str, Any]) -> None:
    assert updated(kind, PROPERTIES[kind], change).physical_id != "it"


@pytest.mark.parametrize(
    ("kind", "change", "identity"),
    [
        (ADD_ON, {"NamespaceConfig": {"Namespace": "dns"}}, r"one\|coredns"),
        (ENTRY, {"Type": "EC2_LINUX"}, r"arn:aws:iam::333333333333:role/admin\|one"),
    ],
)
def test_another_of_the_same_identity_is_refused(kind: str, change: Mapping[str, Any], identity: str) -> None:
    """On AWS such a deployment fails: the new one is created while the old one is there."""
    with pytest.raises(ResourceUntouched, match=f"'{kind}' with identifier '{identity}' already exists"):
        updated(kind, PROPERTIES[kind], change)
