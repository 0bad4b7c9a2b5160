from pathlib import Path

from eks_twin.control_plane.scheduler import scheduler, scheduler_says_ready
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_the_scheduler_speaks_as_itself(tmp_path: Path) -> None:
    ground = plan(tmp_path)
    assert flags_of(scheduler(ground))["kubeconfig"].endswith("/kube-scheduler.kubeconfig")


def test_the_scheduler_is_asked_where_it_listens(tmp_path: Path) -> None:
    ground = plan(tmp_path)
    assert scheduler_says_ready(ground).url == f"https://127.0.0.1:{ground.ports['kube-scheduler']}/readyz"
