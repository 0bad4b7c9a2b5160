import pytest

from eks_twin.measure.steps import Steps, changes

THREE = Steps([(10, 3), (20, 5), (40, 2)])


@pytest.mark.parametrize(("moment", "value"), [(0, 3), (10, 3), (19.9, 3), (20, 5), (39, 5), (40, 2), (999, 2)])
def test_a_value_holds_until_the_next_step(moment: float, value: int) -> None:
    assert THREE.at(moment) == value


def test_between_two_moments_lies_every_value_that_held() -> None:
    assert list(THREE.between(15, 40)) == [3, 5, 2]


def test_between_two_moments_of_one_step_lies_its_value() -> None:
    assert list(THREE.between(21, 39)) == [5]


@pytest.mark.parametrize(("value", "after", "moment"), [(5, 0, 20), (3, 12, 12), (3, 20, None), (7, 0, None)])
def test_the_first_moment_of_a_value_is_found(value: int, after: float, moment: float | None) -> None:
    assert THREE.first(value, after) == moment


def test_the_area_is_value_times_time() -> None:
    assert THREE.area(50) == 3 * 10 + 5 * 20 + 2 * 10


def test_an_area_may_end_before_the_last_step() -> None:
    assert THREE.area(30) == 3 * 10 + 5 * 10


def test_scaled_steps_lie_in_another_time() -> None:
    assert THREE.scaled(20, start=10).points == [(0, 3), (200, 5), (600, 2)]


def test_samples_become_steps_where_the_value_changes() -> None:
    assert changes([(1, 3), (2, 3), (3, 5), (4, 5), (5, 3)]) == Steps([(1, 3), (3, 5), (5, 3)])


def test_no_samples_are_no_steps() -> None:
    with pytest.raises(ValueError, match="without a single point"):
        changes([])
