import pytest

from api_platform.errors import InputError
from api_platform.service import MaxUnavailable, MinAvailable, UtilizationScaling
from tests.specs import a_workload

TWO = UtilizationScaling(minimum=2, maximum=4)


def test_a_budget_that_can_never_be_met_is_refused_with_both_ways_out() -> None:
    """No node could ever be drained."""
    with pytest.raises(InputError) as refused:
        a_workload(scaling=TWO, budget=MinAvailable(pods=3))
    assert str(refused.value) == (
        "Workload 'orders': budget: at least 3 pods can never be kept with a minimum of 2 replicas. Lower the budget "
        "or raise the minimum."
    )


def test_a_budget_of_all_replicas_is_left_to_the_rule_that_asks_for_a_reason() -> None:
    """data-export has one: it may be acknowledged, so the spec takes it."""
    assert a_workload(scaling=TWO, budget=MinAvailable(pods=2)).budget == MinAvailable(pods=2)


def test_a_budget_by_what_may_be_missing_can_always_be_met() -> None:
    assert a_workload(scaling=TWO, budget=MaxUnavailable(pods=5)).budget == MaxUnavailable(pods=5)


@pytest.mark.parametrize("budget", [MinAvailable, MaxUnavailable])
def test_a_budget_of_no_pod_is_refused(budget: type[MinAvailable] | type[MaxUnavailable]) -> None:
    """maxUnavailable: 0 stops every drain; minAvailable: 0 is no budget."""
    with pytest.raises(InputError, match=r"pods: must be 1 or more, got 0\."):
        budget(pods=0)


@pytest.mark.parametrize("budget", [1, "1", None, {"pods": "1"}])
def test_what_is_no_budget_is_answered_with_both_kinds(budget: object) -> None:
    with pytest.raises(InputError) as refused:
        a_workload(budget=budget)
    assert "Workload 'orders': budget" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_budget_has_one_bound() -> None:
    """The API server refuses both at once, and no schema does."""
    with pytest.raises(InputError, match="max_unavailable: is not a known key"):
        MinAvailable(pods=1, max_unavailable=1)  # type: ignore[call-arg]
