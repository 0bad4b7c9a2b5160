from pathlib import Path

from eks_twin.control_plane import Settings
from eks_twin.control_plane.api_server import api_server, api_server_says_ready
from tests.eks_twin.control_plane.planning import flags_of, plan


def test_admission_is_kubernetes_own(tmp_path: Path) -> None:
    """A plugin more or less, and what the twin admits would say nothing of EKS."""
    assert not {flag for flag in flags_of(api_server(plan(tmp_path))) if "admission" in flag}


def test_privileged_pods_fail_by_pod_security_not_by_a_flag(tmp_path: Path) -> None:
    assert flags_of(api_server(plan(tmp_path)))["allow-privileged"] == "true"


def test_services_on_loopback_can_answer_for_apis(tmp_path: Path) -> None:
    """With aggregator routing the API server refuses a Service of type ExternalName."""
    assert "enable-aggregator-routing" not in flags_of(api_server(plan(tmp_path)))


def test_pods_leave_a_lost_node_after_kubernetes_own_time(tmp_path: Path) -> None:
    flags = flags_of(api_server(plan(tmp_path)))
    assert flags["default-not-ready-toleration-seconds"] == flags["default-unreachable-toleration-seconds"] == "300"


def test_pods_leave_a_lost_node_sooner_where_told(tmp_path: Path) -> None:
    flags = flags_of(api_server(plan(tmp_path, Settings(eviction_after=15))))
    assert flags["default-not-ready-toleration-seconds"] == flags["default-unreachable-toleration-seconds"] == "15"


def test_readiness_is_asked_with_the_administrators_token(tmp_path: Path) -> None:
    ground = plan(tmp_path)
    endpoint = api_server_says_ready(ground)
    assert endpoint.token == ground.users["administrator"].token
    assert endpoint.url == f"https://127.0.0.1:{ground.ports['kube-apiserver']}/readyz"
