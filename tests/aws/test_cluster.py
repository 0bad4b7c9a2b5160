"""The cluster, property by property."""

import json

import pytest

from tests.aws.synthesized import Resource, Synthesized, in_every_environment

CLUSTERS = in_every_environment("cluster")
pytestmark = [pytest.mark.aws, pytest.mark.parametrize("stack", CLUSTERS)]


def only(synthesized: Synthesized, stack: str, kind: str) -> Resource:
    (one,) = synthesized.resources(stack, kind).values()
    return one


@pytest.fixture
def cluster(synthesized: Synthesized, stack: str) -> Resource:
    properties: Resource = only(synthesized, stack, "AWS::EKS::Cluster")["Properties"]
    return properties


def test_its_api_answers_inside_the_vpc_only(cluster: Resource) -> None:
    network = cluster["ResourcesVpcConfig"]
    assert network["EndpointPrivateAccess"] is True
    assert network["EndpointPublicAccess"] is False


def test_it_stands_in_the_private_subnets_alone(cluster: Resource) -> None:
    subnets = json.dumps(cluster["ResourcesVpcConfig"]["SubnetIds"])
    assert subnets.count("privateSubnet") == 3
    assert "publicSubnet" not in subnets


def test_all_five_logs_are_on(cluster: Resource) -> None:
    types = {one["Type"] for one in cluster["Logging"]["ClusterLogging"]["EnabledTypes"]}
    assert types == {"api", "audit", "authenticator", "controllerManager", "scheduler"}


def test_its_logs_go_to_a_group_that_forgets(synthesized: Synthesized, stack: str) -> None:
    """EKS would make one itself, that keeps everything for ever."""
    groups = synthesized.resources(stack, "AWS::Logs::LogGroup")
    name = f"/aws/eks/{stack.partition('/')[0]}-api-platform/cluster"
    (group,) = [key for key, one in groups.items() if one["Properties"]["LogGroupName"] == name]
    assert groups[group]["Properties"]["RetentionInDays"] > 0
    assert group in only(synthesized, stack, "AWS::EKS::Cluster")["DependsOn"]


def test_secrets_are_encrypted_under_our_key(cluster: Resource) -> None:
    (encryption,) = cluster["EncryptionConfig"]
    assert encryption["Resources"] == ["secrets"]
    assert "Key" in json.dumps(encryption["Provider"])


def test_it_has_no_auto_mode_and_no_add_ons_that_nobody_manages(cluster: Resource) -> None:
    assert cluster["ComputeConfig"] == {"Enabled": False}
    assert cluster["BootstrapSelfManagedAddons"] is False


def test_its_version_is_the_environment_files(cluster: Resource) -> None:
    assert cluster["Version"] == "1.36"


def test_people_get_in_by_access_entries_only(synthesized: Synthesized, stack: str, cluster: Resource) -> None:
    """Whoever deploys would be a hidden administrator for ever."""
    assert cluster["AccessConfig"] == {"AuthenticationMode": "API", "BootstrapClusterCreatorAdminPermissions": False}
    entries = synthesized.resources(stack, "AWS::EKS::AccessEntry").values()
    principals = [one["Properties"]["PrincipalArn"] for one in entries]
    people = [one for one in principals if isinstance(one, str)]
    assert [one.rpartition("/")[2] for one in people] == ["platform-administrators"]
    assert len(principals) == 2  # and kubectl


def test_no_first_deployment_is_protected_from_being_taken_back(cluster: Resource) -> None:
    """EKS would refuse to delete the cluster of a stack that failed half-way, and the account be stuck with it."""
    assert cluster["DeletionProtection"] is False


def test_an_old_version_is_not_paid_for_and_an_ill_zone_can_be_left(cluster: Resource) -> None:
    assert cluster["UpgradePolicy"] == {"SupportType": "STANDARD"}
    assert cluster["ZonalShiftConfig"] == {"Enabled": True}


def test_the_identity_provider_is_made_here(synthesized: Synthesized, stack: str) -> None:
    """It is made at first use: in the first stack with a role, it would make that stack everybody's dependency."""
    assert only(synthesized, stack, "AWS::IAM::OIDCProvider")["Properties"]["ClientIdList"] == ["sts.amazonaws.com"]


def test_kubectl_and_its_caller_sit_in_the_vpc(synthesized: Synthesized, stack: str) -> None:
    """From outside they would not reach a private endpoint."""
    functions = synthesized.resources(stack, "AWS::Lambda::Function")
    kubectl = [one for key, one in functions.items() if "KubectlProvider" in key]
    assert len(kubectl) == 2
    assert all(one["Properties"]["VpcConfig"]["SubnetIds"] for one in kubectl)


def test_kubectl_has_the_clusters_version(synthesized: Synthesized, stack: str, cluster: Resource) -> None:
    layers = synthesized.resources(stack, "AWS::Lambda::LayerVersion").values()
    descriptions = " ".join(one["Properties"]["Description"] for one in layers)
    assert f"kubectl {cluster['Version']}." in descriptions


def test_no_object_is_pruned(synthesized: Synthesized, stack: str) -> None:
    """kubectl's pruning forgets HPAs, budgets, NetworkPolicies and all custom resources."""
    environment = stack.partition("/")[0]
    for name in synthesized.stacks():
        if name.startswith(environment):
            for one in synthesized.resources(name, "Custom::AWSCDK-EKS-KubernetesResource").values():
                assert "PruneLabel" not in one["Properties"]
