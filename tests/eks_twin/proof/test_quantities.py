"""Figures are read at a glance, and are never rounded over their limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.quantities import Limit, at_least, at_most, duration, exactly, number

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (3, "3"),
        (118, "118"),
        (12345, "12 345"),
        (12345.6, "12 346"),
        (31.42, "31.4"),
        (2.5, "2.5"),
        (0.2749, "0.275"),
        (0.0005, "0.0005"),
        (-4, "\N{MINUS SIGN}4"),
        (float("nan"), "nan"),
    ],
)
def test_a_number_has_the_digits_that_matter(value: float, text: str) -> None:
    assert _plain(number(value)) == text


@pytest.mark.parametrize(("limit", "text"), [(at_most(90), "90.04"), (at_least(90), "90"), (None, "90")])
def test_a_number_is_not_rounded_over_its_limit(limit: Limit | None, text: str) -> None:
    """90 beside "at most 90", marked as failed, would puzzle everybody."""
    assert number(90.04, limit) == text


@UNHURRIED
@given(
    value=st.floats(-1e9, 1e9),
    limit=st.builds(Limit, st.sampled_from(["at least", "at most", "exactly"]), st.integers(-100, 100)),
)
def test_what_is_shown_is_on_the_same_side_of_its_limit_as_what_was_measured(value: float, limit: Limit) -> None:
    shown = float(number(value, limit).replace("\N{NARROW NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-"))
    assert limit.allows(shown) == limit.allows(value)


@pytest.mark.parametrize(
    ("limit", "allowed", "refused"),
    [(at_least(2), [2, 3], [1, 1.99]), (at_most(2), [2, 1], [2.01, 3]), (exactly(2), [2], [1, 3, 2.001])],
)
def test_a_limit_allows_what_it_says(limit: Limit, allowed: list[float], refused: list[float]) -> None:
    assert all(map(limit.allows, allowed))
    assert not any(map(limit.allows, refused))


def test_a_limit_is_written_in_full() -> None:
    assert _plain(str(at_most(1234.567))) == "at most 1 234.567"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.42, "0.4 s"),
        (9.96, "10 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (125, "2 min 5 s"),
        (4200, "1 h 10 min"),
        (7200, "2 h"),
    ],
)
def test_a_time_is_written_for_people(seconds: float, text: str) -> None:
    assert _plain(duration(seconds)) == text
