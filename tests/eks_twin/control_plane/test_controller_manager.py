from pathlib import Path

import pytest

from eks_twin.control_plane import ControlPlane, Settings
from eks_twin.control_plane.controller_manager import NAME, controller_manager, other_timings
from eks_twin.processes import Program, read_record
from eks_twin.processes.program import requested
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_a_silent_node_counts_as_lost_after_kubernetes_own_time(tmp_path: Path) -> None:
    assert flags_of(controller_manager(plan(tmp_path)))["node-monitor-grace-period"] == "50s"


def test_the_nodes_of_a_zone_are_given_up_at_kubernetes_own_rate(tmp_path: Path) -> None:
    assert flags_of(controller_manager(plan(tmp_path)))["node-eviction-rate"] == "0.1"


def test_settings_are_written_as_go_reads_them(tmp_path: Path) -> None:
    flags = flags_of(controller_manager(plan(tmp_path, Settings(node_grace=6, autoscaler_period=0.75))))
    assert flags["node-monitor-grace-period"] == "6s"
    assert flags["horizontal-pod-autoscaler-sync-period"] == "0.75s"


@pytest.mark.slow
def test_other_times_are_kept_until_the_end_of_the_block(control_plane: ControlPlane) -> None:
    """All else stays as it was, and it runs as soon as the block begins, and ends."""
    before = _controller_manager(control_plane)
    with other_timings(control_plane.home, Settings(node_grace=7, eviction_step=1)):
        within, runs = _controller_manager(control_plane), _fingerprint(control_plane)
    assert runs == within.fingerprint
    assert flags_of(within) == {**flags_of(before), "node-monitor-grace-period": "7s", "node-eviction-rate": "1"}
    assert _controller_manager(control_plane) == before
    assert _fingerprint(control_plane) == before.fingerprint


def _controller_manager(plane: ControlPlane) -> Program:
    return next(program for program in requested(plane.home) if program.name == NAME)


def _fingerprint(plane: ControlPlane) -> str:
    record = read_record(plane.home)
    assert record is not None
    return record.programs[NAME].fingerprint


def test_each_controller_has_its_own_rights(tmp_path: Path) -> None:
    """With one identity for all, a right that a controller lacks on EKS would go unnoticed."""
    assert flags_of(controller_manager(plan(tmp_path)))["use-service-account-credentials"] == "true"
