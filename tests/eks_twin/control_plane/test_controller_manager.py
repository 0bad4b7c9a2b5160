from pathlib import Path

from eks_twin.control_plane import Settings
from eks_twin.control_plane.controller_manager import controller_manager
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_a_silent_node_counts_as_lost_after_kubernetes_own_time(tmp_path: Path) -> None:
    assert flags_of(controller_manager(plan(tmp_path)))["node-monitor-grace-period"] == "50s"


def test_settings_are_written_as_go_reads_them(tmp_path: Path) -> None:
    flags = flags_of(controller_manager(plan(tmp_path, Settings(node_grace=6, autoscaler_period=0.75))))
    assert flags["node-monitor-grace-period"] == "6s"
    assert flags["horizontal-pod-autoscaler-sync-period"] == "0.75s"


def test_each_controller_has_its_own_rights(tmp_path: Path) -> None:
    """With one identity for all, a right that a controller lacks on EKS would go unnoticed."""
    assert flags_of(controller_manager(plan(tmp_path)))["use-service-account-credentials"] == "true"
