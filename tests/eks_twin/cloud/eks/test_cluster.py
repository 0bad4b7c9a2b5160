"""A cluster: what it asks of a control plane, what can be changed while that runs, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.eks.control_planes import FakePlanes
from tests.eks_twin.cloud.eks.stack import create, settled, update

pytestmark = pytest.mark.slow


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


def test_the_logs_of_a_cluster_are_turned_on_in_place(clients: Clients) -> None:
    create(clients)
    logging = {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}]}}
    assert update(clients, Cluster={"Logging": logging}) == ("UPDATE_COMPLETE", "")
    found = clients("eks").describe_cluster(name="one")["cluster"]["logging"]["clusterLogging"]
    assert found == [{"types": ["audit"], "enabled": True}]


def test_tags_of_a_cluster_come_and_go_in_place(clients: Clients) -> None:
    create(clients)
    for tags in ({"team": "platform"}, {}):
        wanted = [{"Key": key, "Value": value} for key, value in tags.items()]
        assert update(clients, Cluster={"Tags": wanted}) == ("UPDATE_COMPLETE", "")
        assert clients("eks").describe_cluster(name="one")["cluster"]["tags"] == tags


@pytest.mark.parametrize("change", [{"Version": "1.37"}, {"UpgradePolicy": {"SupportType": "STANDARD"}}])
def test_what_cannot_be_changed_is_refused_by_name_and_the_stack_goes_on(
    clients: Clients, change: Mapping[str, Any]
) -> None:
    """The rollback asked for the same change again, which failed again: the stack was stuck until `twin down`."""
    create(clients)
    status, why = update(clients, Cluster=change)
    assert status == "UPDATE_ROLLBACK_COMPLETE"
    assert "twin" in why
    scaled = {"ScalingConfig": {"DesiredSize": 1, "MinSize": 1, "MaxSize": 3}}
    assert update(clients, Group=scaled)[0] == "UPDATE_COMPLETE"
