import pytest

from api_platform.proof.scaling.verdicts import Breach, beyond_curve, beyond_policy, steepest
from eks_twin.measure.behavior import Behavior, Policy, Rules
from eks_twin.measure.curve import curve
from eks_twin.measure.steps import Steps

UP = Rules((Policy("Percent", 50, 60), Policy("Pods", 10, 60)), "Min")
API = Behavior(UP, Rules((Policy("Percent", 10, 60),), "Max", 300), 3, 100)
CURVE = curve(API, 3, lambda moment, _: 100 if moment <= 900 else 3, range(4000))


def test_the_curve_itself_is_within_the_curve_and_the_policy() -> None:
    assert (beyond_curve(CURVE, CURVE, 0), beyond_policy(CURVE, API, 0)) == ([], [])


def late(steps: Steps, seconds: float) -> Steps:
    return Steps([(max(0.0, moment + seconds), value) for moment, value in steps.points])


def test_who_is_late_is_within_both() -> None:
    assert (beyond_curve(late(CURVE, 40), CURVE, 0), beyond_policy(late(CURVE, 40), API, 0)) == ([], [])


def test_who_is_early_by_less_than_a_sync_period_is_within_the_curve() -> None:
    assert beyond_curve(late(CURVE, -14), CURVE, 15) == []


def test_who_is_early_by_more_is_beyond_it_up_and_down() -> None:
    found = beyond_curve(late(CURVE, -16), CURVE, 15)
    assert {breach.replicas for breach in found} >= {8, 97, 90, 3}


def test_a_jump_up_is_beyond_the_policy() -> None:
    assert beyond_policy(Steps([(0, 3), (10, 6)]), API, 15) == [Breach(10, 6, 5)]


def test_a_fall_by_more_than_a_tenth_in_a_minute_is_beyond_the_policy() -> None:
    assert beyond_policy(Steps([(0, 100), (10, 90), (30, 85)]), API, 15) == [Breach(30, 85, 90)]


@pytest.mark.parametrize(("second", "breaches"), [(44, 1), (46, 0)])
def test_two_steps_in_a_minute_are_beyond_the_policy_even_if_each_alone_is_not(second: float, breaches: int) -> None:
    """What was allowed is counted from where the replicas were a minute before, less one sync period."""
    assert len(beyond_policy(Steps([(0, 3), (0, 5), (second, 8)]), API, 15)) == breaches


def test_a_breach_says_what_was_allowed() -> None:
    assert str(Breach(44.2, 8, 5)) == "8 replicas after 44 s, 5 were allowed"


def test_the_steepest_minute_is_the_one_in_which_most_replicas_came() -> None:
    assert steepest(Steps([(0, 3), (10, 5), (65, 8), (200, 9)]), 60) == 5


def test_replicas_that_never_rise_have_no_steepest_minute() -> None:
    assert steepest(Steps([(0, 9), (50, 4)]), 60) == 0
