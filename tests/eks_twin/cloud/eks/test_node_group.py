"""A node group: what its simulated nodes show of a change, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from lightkube.models.core_v1 import Taint

from eks_twin.aws_clients import Clients
from eks_twin.cloudformation import ResourceUntouched
from tests.eks_twin.cloud.eks.control_planes import FakePlanes
from tests.eks_twin.cloud.eks.requests import updated
from tests.eks_twin.cloud.eks.stack import create, update

GROUP: Mapping[str, Any] = {
    "ClusterName": "one",
    "NodegroupName": "named",
    "InstanceTypes": ["m7g.large"],
    "Version": "1.36",
    "NodeRepairConfig": {"Enabled": False},
}


def template_version(attribute: str) -> Mapping[str, Any]:
    """Return a group's launch template, in the version that an attribute of the template names."""
    return {"LaunchTemplate": {"Id": {"Ref": "Machines"}, "Version": {"Fn::GetAtt": ["Machines", attribute]}}}


def disk(gib: int) -> Mapping[str, Any]:
    """Return the properties of a launch template whose machines have such a disk."""
    return {"LaunchTemplateData": {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": gib}}]}}


@pytest.mark.slow
def test_a_group_grows_and_gets_labels_and_taints_in_place(clients: Clients) -> None:
    create(clients)
    change = {
        "ScalingConfig": {"DesiredSize": 3, "MinSize": 1, "MaxSize": 3},
        "Labels": {"workload": "media"},
        "Taints": [{"Key": "workload", "Value": "media", "Effect": "NO_SCHEDULE"}],
    }
    assert update(clients, Group=change) == ("UPDATE_COMPLETE", "")
    group = FakePlanes.last.groups["group"]
    assert (group.count, group.labels) == (3, {"workload": "media"})
    assert group.taints == (Taint(effect="NoSchedule", key="workload", value="media"),)


@pytest.mark.slow
def test_a_newer_version_of_its_launch_template_gives_a_group_other_disks(clients: Clients) -> None:
    newest, first = template_version("LatestVersionNumber"), template_version("DefaultVersionNumber")
    create(clients, Machines=disk(50), Group=newest)
    assert FakePlanes.last.groups["group"].disk_gib == 50
    assert update(clients, Machines=disk(80), Group=newest) == ("UPDATE_COMPLETE", "")
    assert FakePlanes.last.groups["group"].disk_gib == 80
    assert update(clients, Machines=disk(80), Group=first) == ("UPDATE_COMPLETE", "")
    assert FakePlanes.last.groups["group"].disk_gib == 50, "the newest was taken, whatever the group says"


@pytest.mark.slow
def test_what_no_simulated_node_shows_is_changed_in_place(clients: Clients) -> None:
    """A newer image of its machines, and how they are exchanged, are all that many deployments change."""
    create(clients)
    change = {
        "ReleaseVersion": "1.36.1-20260101",
        "UpdateConfig": {"MaxUnavailable": 2},
        "ForceUpdateEnabled": True,
        "Tags": {"team": "platform"},
    }
    assert update(clients, Group=change) == ("UPDATE_COMPLETE", "")
    assert FakePlanes.last.groups["group"].count == 2


@pytest.mark.slow
def test_a_named_group_of_other_machines_would_need_another_name(clients: Clients) -> None:
    """On AWS such a deployment fails: the new group cannot have the name while the old one is there."""
    create(clients)
    assert update(clients, Group={"NodegroupName": "named"})[0] == "UPDATE_COMPLETE"
    status, why = update(clients, Group={"NodegroupName": "named", "InstanceTypes": ["m7g.xlarge"]})
    assert status == "UPDATE_ROLLBACK_COMPLETE"
    assert "custom-named resource requires replacing. Rename named" in why


@pytest.mark.parametrize(
    "change", [{"Version": "1.37"}, {"NodeRepairConfig": {"Enabled": True}}, {"WarmPoolConfig": {"Enabled": True}}]
)
def test_what_simulated_nodes_do_not_do_is_refused_by_name(change: Mapping[str, Any]) -> None:
    """Nodes kept the cluster's version of Kubernetes, and the stack said UPDATE_COMPLETE."""
    with pytest.raises(ResourceUntouched, match=f"{next(iter(change))} of AWS::EKS::Nodegroup"):
        updated("AWS::EKS::Nodegroup", GROUP, change)
