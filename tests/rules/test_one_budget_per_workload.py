import pytest

from api_platform.rules.one_budget_per_workload import RULE
from tests.rules.platform import Platform


def test_a_workload_without_a_budget_is_found(platform: Platform) -> None:
    platform.remove("PodDisruptionBudget", "stock")
    assert platform.subjects(RULE) == ["stock"]


def test_two_budgets_for_the_same_pods_are_found(platform: Platform) -> None:
    """The eviction API answers 500 for a pod that two budgets select: it can never be drained."""
    platform.copy("PodDisruptionBudget", "stock", "stock-again")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "2 budgets count its pods")


def test_both_bounds_are_found(platform: Platform) -> None:
    """Schemas pass it, the API server refuses it: half a deployment."""
    platform.one("PodDisruptionBudget", "stock")["spec"]["maxUnavailable"] = 1
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "stock",
        "PodDisruptionBudget/stock has minAvailable and maxUnavailable",
    )


def test_no_bound_is_found(platform: Platform) -> None:
    del platform.one("PodDisruptionBudget", "stock")["spec"]["minAvailable"]
    assert platform.subjects(RULE) == ["stock"]


@pytest.mark.parametrize("selector", [{"matchLabels": {"version": "v1.2.3"}}, {}])
def test_a_budget_over_several_workloads_is_found(platform: Platform, selector: object) -> None:
    """Its one bound would be met by the pods of another service."""
    platform.one("PodDisruptionBudget", "stock")["spec"]["selector"] = selector
    values = " ".join(finding.value for finding in platform.ask(RULE))
    assert "selects the pods of 3 workloads (orders, stock, parcels)" in values


@pytest.mark.parametrize("selector", [{"matchLabels": {"app.kubernetes.io/name": "stok"}}, None])
def test_a_budget_that_selects_nobody_is_found(platform: Platform, selector: object) -> None:
    platform.one("PodDisruptionBudget", "stock")["spec"]["selector"] = selector
    assert [finding.value for finding in platform.ask(RULE)] == [
        "PodDisruptionBudget/stock selects the pods of 0 workloads (none)",
        "0 budgets count its pods",
    ]


def test_a_selector_by_expressions_is_read(platform: Platform) -> None:
    platform.one("PodDisruptionBudget", "stock")["spec"]["selector"] = {
        "matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "In", "values": ["stock"]}]
    }
    assert platform.ask(RULE) == []
