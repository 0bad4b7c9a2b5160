"""The types of EKS: what they ask of a control plane and of its nodes, and what they refuse."""

import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.cloud import server
from eks_twin.cloud.server import Cloud
from eks_twin.cloud.settings import CloudSettings
from eks_twin.control_plane.nodes import SimulatedGroup
from eks_twin.processes.ports import free_ports

pytestmark = pytest.mark.slow
PLACE = Place("333333333333", "us-east-1")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


class FakePlanes:
    """Control planes that only remember what was asked of them."""

    def __init__(self, *_: object) -> None:
        self.running: set[str] = set()
        self.groups: dict[str, SimulatedGroup] = {}
        FakePlanes.last = self

    last: "FakePlanes"

    def start(self, cluster: str) -> None:
        self.running.add(cluster)

    def delete(self, cluster: str) -> None:
        self.running.discard(cluster)

    def nodes(self, _: str) -> "FakePlanes":
        return self

    def join(self, group: SimulatedGroup, _: str) -> None:
        self.groups[group.name] = group

    def leave(self, group: str) -> None:
        self.groups.pop(group, None)


@pytest.fixture
def clients(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    folder = tmp_path_factory.mktemp("eks")
    monkeypatch.setattr(server, "ControlPlanesAt", FakePlanes)
    settings = CloudSettings(folder, free_ports(["aws"])["aws"], folder, folder, {}, {})
    settings.folder.mkdir()
    cloud = Cloud(settings)
    thread = threading.Thread(target=cloud.run, daemon=True)
    thread.start()
    clients = Clients(settings.endpoint, PLACE)
    yield clients
    for stack in clients("cloudformation").describe_stacks()["Stacks"]:  # moto keeps all in one place
        clients("cloudformation").delete_stack(StackName=stack["StackName"])
        assert settled(clients, stack["StackId"]) == "DELETE_COMPLETE"
    cloud.end()
    thread.join(timeout=5)


def template(cluster: Mapping[str, Any], group: Mapping[str, Any]) -> str:
    subnet = {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "us-east-1a"}
    inside = {"ClusterName": {"Ref": "Cluster"}}
    resources = {
        "Vpc": ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
        "Subnet": ("AWS::EC2::Subnet", subnet),
        "Role": ("AWS::IAM::Role", {"AssumeRolePolicyDocument": TRUST}),
        "Cluster": ("AWS::EKS::Cluster", {**CLUSTER, **cluster}),
        "Group": ("AWS::EKS::Nodegroup", {**GROUP, **inside, **group}),
        "Addon": ("AWS::EKS::Addon", {**inside, "AddonName": "coredns"}),
        "Entry": ("AWS::EKS::AccessEntry", {**inside, "PrincipalArn": {"Fn::GetAtt": ["Role", "Arn"]}}),
    }
    return json.dumps(
        {"Resources": {name: {"Type": kind, "Properties": one} for name, (kind, one) in resources.items()}}
    )


CLUSTER: Mapping[str, Any] = {
    "Name": "one",
    "Version": "1.36",
    "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
    "ResourcesVpcConfig": {"SubnetIds": [{"Ref": "Subnet"}], "SecurityGroupIds": []},
}
GROUP: Mapping[str, Any] = {
    "NodeRole": {"Fn::GetAtt": ["Role", "Arn"]},
    "Subnets": [{"Ref": "Subnet"}],
    "InstanceTypes": ["m7g.large"],
    "ScalingConfig": {"DesiredSize": 2, "MinSize": 1, "MaxSize": 3},
}


def settled(clients: Clients, name: str) -> str:
    while (found := clients("cloudformation").describe_stacks(StackName=name)["Stacks"][0])["StackStatus"].endswith(
        "_IN_PROGRESS"
    ):
        pass
    return str(found["StackStatus"])


def create(clients: Clients) -> str:
    made = clients("cloudformation").create_stack(StackName="s", TemplateBody=template({}, {}))
    assert settled(clients, "s") == "CREATE_COMPLETE"
    return str(made["StackId"])


def update(
    clients: Clients, *, cluster: Mapping[str, Any] | None = None, group: Mapping[str, Any] | None = None
) -> tuple[str, str]:
    """Return the status, and the reasons of what failed."""
    body = template(cluster or {}, group or {})
    clients("cloudformation").update_stack(StackName="s", TemplateBody=body)
    status = settled(clients, "s")
    events = clients("cloudformation").describe_stack_events(StackName="s")["StackEvents"]
    return status, " ".join(one.get("ResourceStatusReason", "") for one in events if "FAILED" in one["ResourceStatus"])


def test_a_cluster_has_a_control_plane_from_its_creation_to_its_deletion(clients: Clients) -> None:
    stack = create(clients)
    assert FakePlanes.last.running == {"one"}
    assert FakePlanes.last.groups["group"].count == 2
    clients("cloudformation").delete_stack(StackName="s")
    assert settled(clients, stack) == "DELETE_COMPLETE"
    assert (FakePlanes.last.running, FakePlanes.last.groups) == (set(), {})
    assert clients("eks").list_clusters()["clusters"] == []
    groups = clients("ec2").describe_security_groups()["SecurityGroups"]
    assert not [group for group in groups if "one" in group["GroupName"]]
    create(clients)


def test_a_group_grows_and_gets_labels_in_place(clients: Clients) -> None:
    create(clients)
    scaled = {"ScalingConfig": {"DesiredSize": 3, "MinSize": 1, "MaxSize": 3}, "Labels": {"workload": "media"}}
    assert update(clients, group=scaled) == ("UPDATE_COMPLETE", "")
    group = FakePlanes.last.groups["group"]
    assert (group.count, group.labels) == (3, {"workload": "media"})


def test_a_named_group_of_other_machines_would_need_another_name(clients: Clients) -> None:
    """On AWS such a deployment fails: the new group cannot have the name while the old one is there."""
    create(clients)
    assert update(clients, group={"NodegroupName": "named"})[0] == "UPDATE_COMPLETE"
    status, why = update(clients, group={"NodegroupName": "named", "InstanceTypes": ["m7g.xlarge"]})
    assert status == "UPDATE_ROLLBACK_COMPLETE"
    assert "custom-named resource requires replacing. Rename named" in why


def test_the_logs_of_a_cluster_are_turned_on_in_place(clients: Clients) -> None:
    create(clients)
    logging = {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}]}}
    assert update(clients, cluster={"Logging": logging}) == ("UPDATE_COMPLETE", "")
    found = clients("eks").describe_cluster(name="one")["cluster"]["logging"]["clusterLogging"]
    assert found == [{"types": ["audit"], "enabled": True}]


def test_tags_of_a_cluster_come_and_go_in_place(clients: Clients) -> None:
    create(clients)
    for tags in ({"team": "platform"}, {}):
        wanted = [{"Key": key, "Value": value} for key, value in tags.items()]
        assert update(clients, cluster={"Tags": wanted}) == ("UPDATE_COMPLETE", "")
        assert clients("eks").describe_cluster(name="one")["cluster"]["tags"] == tags


@pytest.mark.parametrize("change", [{"Version": "1.37"}, {"UpgradePolicy": {"SupportType": "STANDARD"}}])
def test_what_cannot_be_changed_is_refused_by_name_and_the_stack_goes_on(
    clients: Clients, change: Mapping[str, Any]
) -> None:
    """The rollback asked for the same change again, which failed again: the stack was stuck until `twin down`."""
    create(clients)
    status, why = update(clients, cluster=change)
    assert status == "UPDATE_ROLLBACK_COMPLETE"
    assert "twin" in why
    scaled = {"ScalingConfig": {"DesiredSize": 1, "MinSize": 1, "MaxSize": 3}}
    assert update(clients, group=scaled)[0] == "UPDATE_COMPLETE"
