import pytest

from api_platform.rules.every_workload_is_complete import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    "kind",
    [
        "ConfigMap",
        "Deployment",
        "DestinationRule",
        "NetworkPolicy",
        "PeerAuthentication",
        "PodDisruptionBudget",
        "Service",
        "ServiceAccount",
        "ServiceMonitor",
        "Sidecar",
        "VirtualService",
    ],
)
def test_a_workload_without_one_of_its_objects_is_found(platform: Platform, kind: str) -> None:
    platform.remove(kind, "stock")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"has no {kind}")


def test_a_worker_needs_neither_route_nor_traffic_policy(platform: Platform) -> None:
    platform.respecify("stock", exposure=None)
    platform.remove("VirtualService", "stock")
    platform.remove("DestinationRule", "stock")
    assert platform.ask(RULE) == []
