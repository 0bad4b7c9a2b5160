"""A folder is a twin's, or is left alone; what runs in it is known, and ended."""

from pathlib import Path

import pytest

from eks_twin.app import ClusterName, Place
from eks_twin.deployment.project import Project
from eks_twin.errors import InputError, TwinError
from eks_twin.home import Home
from eks_twin.processes import start_supervisor
from eks_twin.processes.leftovers import is_supervised
from eks_twin.twin import open_twin
from eks_twin.up import Wanted, down, up

CLUSTER = ClusterName(Place("333333333333", "eu-west-1"), "one")


def test_a_folder_without_a_twin_is_none(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match=r"no twin in .* Start one: eks-twin up"):
        open_twin(Home(tmp_path))


def test_down_does_not_remove_a_folder_that_is_no_twins(tmp_path: Path) -> None:
    """`--home ~` would have removed a home directory."""
    (tmp_path / "precious").touch()
    with pytest.raises(TwinError, match="no twin's folder"):
        down(Home(tmp_path))
    assert (tmp_path / "precious").exists()


def test_down_twice_is_no_error(tmp_path: Path) -> None:
    assert down(Home(tmp_path / "twin")) == ()


def test_without_the_cdk_nothing_is_started(tmp_path: Path) -> None:
    """It ended in a traceback, with an AWS left running."""
    home = Home(tmp_path / "twin")
    with pytest.raises(InputError, match="the CDK CLI, no-such-cdk, is not there"):
        up(home, Wanted(Project(tmp_path, cdk="no-such-cdk")), say=print)
    assert not home.folder.exists()


def test_down_ends_the_clusters_too(tmp_path: Path) -> None:
    """Each has a supervisor of its own, which nobody would know of once the folder is gone."""
    home = Home(tmp_path / "twin")
    cluster = home.of_cluster(CLUSTER)
    start_supervisor(home)
    start_supervisor(cluster)
    down(home)
    assert not is_supervised(cluster)
    assert not home.folder.exists()


def test_clusters_of_one_name_in_two_accounts_are_two(tmp_path: Path) -> None:
    home = Home(tmp_path)
    other = ClusterName(Place("222222222222", "eu-west-1"), "one")
    for cluster in (CLUSTER, other):
        home.of_cluster(cluster).make()
    assert home.clusters == [other, CLUSTER]
