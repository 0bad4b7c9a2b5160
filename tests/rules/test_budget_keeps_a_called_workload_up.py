import pytest

from api_platform.rules.budget_keeps_a_called_workload_up import RULE
from tests.rules.platform import Platform


def allow(platform: Platform, name: str, unavailable: object) -> None:
    spec = platform.one("PodDisruptionBudget", name)["spec"]
    del spec["minAvailable"]
    spec["maxUnavailable"] = unavailable


@pytest.mark.parametrize(
    ("unavailable", "found"), [(1, []), (2, []), (3, ["orders"]), (9, ["orders"]), ("66%", []), ("67%", ["orders"])]
)
def test_all_replicas_at_one_time_are_found(platform: Platform, unavailable: object, found: list[str]) -> None:
    """With three replicas, the upgrade of a node group could take all three: nobody answers."""
    allow(platform, "orders", unavailable)
    assert platform.subjects(RULE) == found


def test_a_single_replica_cannot_be_kept(platform: Platform) -> None:
    allow(platform, "orders", 1)
    platform.one("HorizontalPodAutoscaler", "orders")["spec"]["minReplicas"] = 1
    assert platform.ask(RULE) == []


def test_workers_may_all_go(platform: Platform) -> None:
    allow(platform, "parcels", 2)
    assert platform.ask(RULE) == []
