"""What AWS installs into the cluster, and when."""

import json

import pytest

from tests.aws.synthesized import Resource, Synthesized, in_every_environment

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("stack", in_every_environment("cluster"))]

BEFORE_NODES = {"vpc-cni", "kube-proxy"}
ON_NODES = {"coredns", "aws-ebs-csi-driver", "metrics-server"}


def add_ons(synthesized: Synthesized, stack: str) -> dict[str, tuple[str, Resource]]:
    """Return add-on name -> logical id and resource."""
    found = synthesized.resources(stack, "AWS::EKS::Addon")
    return {one["Properties"]["AddonName"]: (key, one) for key, one in found.items()}


def test_all_are_there(synthesized: Synthesized, stack: str) -> None:
    assert set(add_ons(synthesized, stack)) == BEFORE_NODES | ON_NODES


def test_changes_by_hand_are_undone(synthesized: Synthesized, stack: str) -> None:
    for _, one in add_ons(synthesized, stack).values():
        assert one["Properties"]["ResolveConflicts"] == "OVERWRITE"


def test_network_policies_are_enforced(synthesized: Synthesized, stack: str) -> None:
    """Without this setting they are accepted and do nothing."""
    _, cni = add_ons(synthesized, stack)["vpc-cni"]
    assert json.loads(cni["Properties"]["ConfigurationValues"]) == {"enableNetworkPolicy": "true"}


@pytest.mark.parametrize("name", ["vpc-cni", "aws-ebs-csi-driver"])
def test_those_that_call_aws_have_a_role_of_their_own(synthesized: Synthesized, stack: str, name: str) -> None:
    _, one = add_ons(synthesized, stack)[name]
    role = synthesized.resources(stack)[one["Properties"]["ServiceAccountRoleArn"]["Fn::GetAtt"][0]]
    assert role["Type"] == "AWS::IAM::Role"


def test_nodes_wait_for_the_network_and_the_rest_waits_for_nodes(synthesized: Synthesized, stack: str) -> None:
    """A node without the CNI never gets ready, and an add-on without nodes never gets active: both time out."""
    found = add_ons(synthesized, stack)
    nodes = synthesized.resources(stack, "AWS::EKS::Nodegroup")
    for group in nodes.values():
        assert {found[name][0] for name in BEFORE_NODES} <= set(group["DependsOn"])
    for name in ON_NODES:
        assert set(nodes) <= set(found[name][1]["DependsOn"])
