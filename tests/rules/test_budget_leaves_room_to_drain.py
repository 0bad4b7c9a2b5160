import pytest

from api_platform.rules.budget_leaves_room_to_drain import RULE
from tests.rules.platform import Platform


def test_a_budget_of_all_replicas_at_the_minimum_is_found(platform: Platform) -> None:
    """A node drain waits for ever, and with it the upgrade of every node group."""
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["minReplicas"] = 1
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        "minAvailable 1 of 1 replicas at the least: none may be evicted",
    )


def test_the_minimum_of_a_queue_scaler_counts(platform: Platform) -> None:
    platform.one("ScaledObject", "parcels")["spec"]["minReplicaCount"] = 1
    assert platform.subjects(RULE) == ["parcels"]


def test_one_replica_with_one_unavailable_can_be_drained(platform: Platform) -> None:
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["minReplicas"] = 1
    spec = platform.one("PodDisruptionBudget", "stock")["spec"]
    del spec["minAvailable"]
    spec["maxUnavailable"] = 1
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("bound", "value", "found"),
    [
        ("minAvailable", "66%", []),  # of 3 replicas, rounded up: 2
        ("minAvailable", "67%", ["orders"]),  # rounded up: 3
        ("minAvailable", "100%", ["orders"]),
        ("minAvailable", 2, []),
        ("minAvailable", 3, ["orders"]),
        ("maxUnavailable", "1%", []),  # rounded up: 1
        ("maxUnavailable", "0%", ["orders"]),
        ("maxUnavailable", 0, ["orders"]),
    ],
)
def test_percentages_are_rounded_up_as_the_cluster_does(
    platform: Platform, bound: str, value: object, found: list[str]
) -> None:
    spec = platform.one("PodDisruptionBudget", "orders")["spec"]
    del spec["minAvailable"]
    spec[bound] = value
    assert platform.subjects(RULE) == found


def test_of_two_bounds_the_tighter_one_holds(platform: Platform) -> None:
    platform.one("PodDisruptionBudget", "orders")["spec"]["maxUnavailable"] = 0
    assert platform.subjects(RULE) == ["orders"]


def test_an_unscaled_deployment_is_judged_by_its_replicas(platform: Platform) -> None:
    platform.remove("HorizontalPodAutoscaler", "stock")
    platform.one("Deployment", "stock")["spec"]["replicas"] = 1
    assert platform.subjects(RULE) == ["stock"]
