from pathlib import Path

from eks_twin.control_plane.kwok import kwok
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_kwok_reads_no_configuration_of_the_users_own(tmp_path: Path) -> None:
    """It would add the stages of ~/.kwok to ours."""
    ground = plan(tmp_path)
    assert kwok(ground).environment["KWOK_WORKDIR"].startswith(str(ground.home.folder))


def test_kwok_leaves_silent_nodes_alone_and_takes_all_others(tmp_path: Path) -> None:
    flags = flags_of(kwok(plan(tmp_path)))
    assert flags["manage-nodes-with-label-selector"] == "eks-twin.kubernetes.io/heartbeat!=stopped"


def test_a_kwok_that_comes_back_has_its_nodes_again_before_they_count_as_lost(tmp_path: Path) -> None:
    """It waits for its forerunner's Leases to end, and looks every quarter of one."""
    lease = int(flags_of(kwok(plan(tmp_path)))["node-lease-duration-seconds"])
    assert lease * 1.25 * 1.1 < 50
