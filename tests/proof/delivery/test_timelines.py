from api_platform.proof.delivery.timelines import deployment, failure
from eks_twin.proof.plot import Phase
from tests.proof.delivery.happenings import AUTOSCALER, event, failed_update


def created(start: float, end: float) -> list[object]:
    return [event(start, "REVIEW_IN_PROGRESS"), event(start, "CREATE_IN_PROGRESS"), event(end, "CREATE_COMPLETE")]


def phases(**histories: list[object]) -> list[Phase]:
    return list(deployment(histories).phases)  # type: ignore[arg-type]


def test_each_stack_has_its_time_in_the_order_of_their_beginning() -> None:
    assert phases(cluster=created(5, 9), network=created(2, 4)) == [
        Phase("network", 0, 2, "created"),
        Phase("cluster", 3, 7, "created"),
    ]


def test_resources_and_later_updates_of_a_stack_do_not_count() -> None:
    later = [event(1, "CREATE_COMPLETE", "Queue"), event(50, "UPDATE_IN_PROGRESS"), event(60, "UPDATE_COMPLETE")]
    assert phases(network=[*created(0, 4), *later]) == [Phase("network", 0, 4, "created")]


def test_a_stack_that_was_created_anew_long_after_is_left_out() -> None:
    """It would make all others too small to see."""
    assert [one.row for one in phases(network=created(0, 4), worker=created(500, 510))] == ["network"]


def test_a_failure_shows_each_resource_going_and_coming_back() -> None:
    assert list(failure(failed_update(), AUTOSCALER).phases) == [
        Phase("Deploymentapi", 1, 2, "changed"),
        Phase("HorizontalPodAutoscalerapi", 2, 3, "changed", failed=True),
        Phase("Deploymentapi", 4, 5, "rolled back"),
    ]
