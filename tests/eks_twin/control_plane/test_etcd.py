from pathlib import Path

from eks_twin.control_plane.etcd import etcd, etcd_says_ready
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_etcd_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    """On a slow disk each write would take tens of milliseconds, and a deployment minutes."""
    assert "unsafe-no-fsync" in flags_of(etcd(plan(tmp_path)))


def test_a_browser_cannot_write_into_etcd(tmp_path: Path) -> None:
    """Its JSON gateway would take a POST from any web page that guesses the port."""
    assert flags_of(etcd(plan(tmp_path)))["enable-grpc-gateway"] == "false"


def test_etcd_is_asked_where_it_listens(tmp_path: Path) -> None:
    ground = plan(tmp_path)
    assert etcd_says_ready(ground).url == flags_of(etcd(ground))["listen-client-urls"] + "/health"
