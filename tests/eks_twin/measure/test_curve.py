from dataclasses import replace

import pytest

from eks_twin.measure.behavior import Behavior, Policy, Rules
from eks_twin.measure.curve import SimulatedAutoscaler, Wanted, by_total, curve
from eks_twin.measure.steps import Steps

UP = Rules((Policy("Percent", 50, 60), Policy("Pods", 10, 60)), "Min")
DOWN = Rules((Policy("Percent", 10, 60),), "Max", 300)
API = Behavior(UP, DOWN, 3, 100)
HOUR = range(3600)


def load_until(end: float, *, high: int = 100, low: int = 3) -> Wanted:
    return lambda moment, _: high if moment <= end else low


def rise(behavior: Behavior, every: int = 1) -> Steps:
    return curve(behavior, behavior.minimum, load_until(3600), range(0, 3600, every))


def test_the_strict_policy_takes_thirteen_steps_from_3_to_100_the_first_at_once() -> None:
    steps = [count for _, count in rise(API).points[1:]]
    assert steps == [5, 8, 12, 18, 27, 37, 47, 57, 67, 77, 87, 97, 100]


def test_the_strict_policy_is_at_100_in_the_thirteenth_minute() -> None:
    assert rise(API).first(100) == 12 * 60


def test_the_lax_policy_takes_six_steps_from_3_to_100() -> None:
    lax = replace(API, up=replace(UP, select="Max"))
    assert [count for _, count in rise(lax).points[1:]] == [13, 23, 35, 53, 80, 100]


@pytest.mark.parametrize(("every", "minutes"), [(15, 12), (20, 12), (40, 12 * 80 / 60)])
def test_a_sync_period_that_does_not_divide_the_minute_stretches_the_curve(every: int, minutes: float) -> None:
    """A twin whose autoscaler looks every 40 seconds of scenario time would show a slower platform than there is."""
    assert rise(API, every).first(100) == minutes * 60


def test_the_fall_begins_when_the_load_was_low_for_the_whole_window() -> None:
    fall = curve(API, 100, load_until(0), HOUR)
    assert fall.first(90) == 300


def test_the_fall_from_100_to_3_takes_25_steps_a_minute_apart() -> None:
    fall = curve(API, 100, load_until(0), HOUR)
    assert (len(fall.points) - 1, fall.first(3)) == (25, 300 + 24 * 60)


def test_what_it_finds_at_its_first_look_counts_as_asked_for() -> None:
    """A controller that was just started must not scale down at once."""
    assert SimulatedAutoscaler(API, 50).sync(0, 3) == 50


def test_a_short_spike_is_followed_up_and_held_for_the_window() -> None:
    spike = curve(API, 3, load_until(30), HOUR)
    assert spike.points == [(0, 3), (0, 5), (330, 4), (390, 3)]


def test_replicas_under_the_minimum_are_raised_at_once() -> None:
    """A Deployment without replicas starts with one; the autoscaler takes it to the minimum, whatever the metrics."""
    assert curve(API, 1, load_until(0), range(2)).points == [(0, 1), (0, 3)]


def test_replicas_over_the_maximum_are_cut_at_once() -> None:
    assert curve(API, 120, load_until(3600), range(2)).points == [(0, 120), (0, 100)]


def test_a_wish_over_the_maximum_ends_at_the_maximum() -> None:
    assert curve(API, 97, load_until(3600, high=500), range(120)).points[-1] == (0, 100)


def test_nothing_moves_while_the_metrics_ask_for_what_there_is() -> None:
    assert curve(API, 7, lambda _, replicas: replicas, HOUR).points == [(0, 7)]


@pytest.mark.parametrize(("total", "wanted"), [(100, 10), (109, 10), (111, 12), (91, 10), (89, 9), (0, 0)])
def test_a_total_within_a_tenth_of_its_target_asks_for_what_there_is(total: float, wanted: int) -> None:
    assert by_total(total, target=10, replicas=10) == wanted
