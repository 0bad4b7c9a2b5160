import pytest

from api_platform.proof.resilience.lines import line, total
from eks_twin.measure.steps import Steps


def test_a_line_reaches_to_the_end_of_the_recording() -> None:
    """A count that does not change any more would end where it last did."""
    assert list(line("ready", Steps([(0, 3), (2, 2)]), 10).points) == [(0, 3), (2, 2), (10, 2)]


def test_a_total_changes_where_one_of_its_parts_does() -> None:
    assert total([Steps([(0, 1), (2, 2)]), Steps([(0, 5), (3, 4)])]) == Steps([(0, 6), (2, 7), (3, 6)])


def test_a_total_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="without a single point"):
        total([])
