from dataclasses import replace

from api_platform.proof.scaling.measured import from_zero
from eks_twin.measure.steps import Steps
from tests.proof.scaling.measuring import measured, worker


def test_the_curve_under_cpu_rises_while_it_is_in_demand_and_falls_after() -> None:
    curve = measured().curve
    assert (curve.first(100), curve.first(90), curve.first(3, 1000)) == (720, 1200, 1200 + 24 * 60)


def test_the_curve_of_a_queue_follows_its_measured_depth() -> None:
    """Ten messages left ask for five pods, once the five minutes of calm are over."""
    curve = worker().curve
    assert (curve.first(10), curve.first(9), curve.at(1199), curve.first(1, 1000)) == (240, 899, 5, 1679)


def test_memory_at_rest_holds_the_last_step_down_for_the_whole_window() -> None:
    """At three replicas, three eighths of their memory's target ask for two: remembered for five minutes."""
    at_rest = worker(at_rest=0.375).curve
    assert at_rest.first(2, 1000) == worker().curve.first(2, 1000)
    assert at_rest.first(1, 1000) == 1619 + 300


def test_who_follows_the_curve_is_not_beyond_it() -> None:
    assert (measured().breaches, worker().breaches) == ([], [])


def test_a_step_beyond_the_policy_is_found() -> None:
    assert measured(replicas=Steps([(0, 3), (10, 30), (900, 3)])).breaches


def test_a_worker_that_is_over_the_curve_on_its_way_up_is_found() -> None:
    early = Steps([(0, 1), (1, 2), (2, 3)])
    assert {breach.replicas for breach in worker(replicas=early).breaches} == {3}


def test_a_worker_whose_way_down_differs_from_the_curve_is_judged_by_the_minute() -> None:
    """The autoscaler and we look at the queue at different moments: a tenth of a target is soon made of that."""
    done = worker()
    early = Steps([(moment - (40 if moment > 300 else 0), value) for moment, value in done.replicas.points])
    assert worker(replicas=early).breaches == []


def test_times_to_the_maximum_and_back_are_found() -> None:
    each = measured()
    assert (each.to_maximum(each.replicas), each.to_minimum(each.replicas)) == (720, 2640)


def test_who_never_reaches_the_maximum_does_not_come_back() -> None:
    each = measured(replicas=Steps([(0, 3), (60, 5), (600, 3)]))
    assert (each.to_maximum(each.replicas), each.to_minimum(each.replicas)) == (None, None)


def test_pod_hours_are_counted_from_the_load_on() -> None:
    """An hour in which the scenario prepared itself is no cost of the load."""
    each = measured(replicas=Steps([(-3600, 3), (1800, 6)]), end=3600)
    assert each.pod_hours(each.replicas) == 3 * 0.5 + 6 * 0.5


def test_the_steepest_minute_of_the_strict_policy_adds_ten() -> None:
    assert measured().steepest_minute == 10


def test_a_queue_is_drained_when_it_is_empty_after_its_burst() -> None:
    backlog = worker().backlog
    assert backlog
    assert replace(backlog, depth=Steps([(0, 0), (5, 28), (900, 0)])).drained == 900
    assert replace(backlog, depth=Steps([(0, 28), (900, 1)])).drained is None


def test_what_was_before_the_load_is_left_out() -> None:
    assert from_zero(Steps([(-50, 9), (-10, 3), (20, 5)])).points == [(0, 3), (20, 5)]
