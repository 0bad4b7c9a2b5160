"""Axes have round values, and places follow from values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.scale import Scale, count_ticks, fitted, text_width, time_labels, time_ticks

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code


def test_a_scale_is_straight() -> None:
    scale = Scale(0, 10, 100, 300)
    assert [scale(value) for value in (0, 5, 10)] == [100, 200, 300]


def test_a_scale_may_turn_upside_down() -> None:
    """In a drawing y grows downwards."""
    assert Scale(0, 10, 200, 0)(10) == 0


@pytest.mark.parametrize(
    ("highest", "whole", "ticks"),
    [
        (0, True, [0, 1]),
        (1, True, [0, 1, 2]),
        (3, True, [0, 1, 2, 3, 4]),
        (100, True, [0, 20, 40, 60, 80, 100, 120]),
        (9120, True, [0, 2000, 4000, 6000, 8000, 10000]),
        (0.8, False, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_counts_have_round_ticks_with_room_above(highest: float, whole: bool, ticks: list[float]) -> None:
    assert list(count_ticks(highest, 6, whole=whole)) == ticks


@UNHURRIED
@given(st.floats(0, 1e9), st.booleans())
def test_ticks_are_few_and_reach_beyond_the_highest_value(highest: float, whole: bool) -> None:
    ticks = count_ticks(highest, 6, whole=whole)
    assert 2 <= len(ticks) <= 7
    assert ticks[-1] > highest


@pytest.mark.parametrize(
    ("high", "at_most", "labels"),
    [
        (36.4, 8, ["0", "5 s", "10 s", "15 s", "20 s", "25 s", "30 s", "35 s"]),
        (90, 4, ["0", "30 s", "60 s", "90 s"]),
        (1500, 6, ["0", "5 min", "10 min", "15 min", "20 min", "25 min"]),
        (7200, 5, ["0", "30 min", "60 min", "90 min", "120 min"]),
        (14400, 5, ["0", "1 h", "2 h", "3 h", "4 h"]),
        (0.5, 6, ["0", "0.1 s", "0.2 s", "0.3 s", "0.4 s", "0.5 s"]),
    ],
)
def test_times_have_round_ticks_in_one_unit(high: float, at_most: int, labels: list[str]) -> None:
    written = [label.replace("\N{NO-BREAK SPACE}", " ") for label in time_labels(time_ticks(0, high, at_most))]
    assert written == labels


@UNHURRIED
@given(st.floats(0, 1e6), st.floats(0.01, 1e8), st.integers(3, 12))
def test_time_ticks_lie_on_the_axis_and_are_few(low: float, span: float, at_most: int) -> None:
    ticks = time_ticks(low, low + span, at_most)
    assert len(ticks) <= at_most
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) + 1e-6 for tick in ticks)


def test_a_text_that_does_not_fit_is_cut() -> None:
    text = "horizontalpodautoscalers.autoscaling"
    assert fitted(text, 1000) == text
    cut = fitted(text, 100)
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert text_width(cut) <= 100
