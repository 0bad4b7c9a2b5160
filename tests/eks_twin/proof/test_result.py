"""A verdict follows from the evidence, and from nothing else."""

from typing import Any

import pytest

from eks_twin.proof.quantities import at_most, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Result, Table, Verdict

GOOD = Figure("objects lost", 0, "", exactly(0))


def _table(*verdicts: Verdict | None) -> Table:
    return Table(title="Kills", columns=["what", "came back"], rows=[["etcd", Cell("yes", one)] for one in verdicts])


def _result(outcome: Outcome) -> Result:
    return Result(name="x", title="X", expectation="X.", verdict=outcome.verdict, seconds=1, outcome=outcome)


def test_an_outcome_whose_figures_keep_their_limits_held() -> None:
    outcome = Outcome(figures=[GOOD, Figure("pods", 3)], tables=[_table(Verdict.HELD, Verdict.LEFT_OUT, None)])
    assert (outcome.verdict, outcome.reasons) == (Verdict.HELD, [])


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"figures": [Figure("time", 91.0, "s", at_most(90))]}, "time: 91 s, wanted at most 90 s"),
        ({"tables": [_table(Verdict.HELD, Verdict.FAILED)]}, "Kills: 1 failed, see the table"),
        ({"failures": ["the old pods were gone"]}, "the old pods were gone"),
    ],
    ids=["a broken limit", "a bad cell", "a failure in words"],
)
def test_anything_that_failed_fails_the_outcome_and_says_why(broken: dict[str, Any], reason: str) -> None:
    outcome = Outcome(**broken)
    assert outcome.verdict is Verdict.FAILED
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in outcome.reasons] == [reason]


@pytest.mark.parametrize(
    "empty", [{}, {"figures": [Figure("pods", 3)]}, {"tables": [_table(None)]}, {"notes": ["all went well"]}]
)
def test_an_outcome_in_which_nothing_could_fail_is_refused(empty: dict[str, Any]) -> None:
    """A scenario that measures nothing would be green for ever."""
    with pytest.raises(ValueError, match="nothing was measured that could have failed"):
        Outcome(**empty)


def test_a_text_cannot_be_held_against_a_limit() -> None:
    with pytest.raises(ValueError, match="figure 'state'"):
        Figure("state", "Ready", limit=exactly(1))


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_what_nobody_can_measure_is_refused_at_once(odd: float) -> None:
    """JSON has no infinity: all results would be lost for one."""
    with pytest.raises(ValueError, match="figure 'ratio'"):
        Figure("ratio", odd)
    with pytest.raises(ValueError, match="table 'Ratios'"):
        Table(title="Ratios", columns=["ratio"], rows=[[odd]])
    with pytest.raises(ValueError, match="table 'Ratios'"):
        Table(title="Ratios", columns=["ratio"], rows=[[Cell(odd)]])


def test_a_row_that_does_not_fit_its_header_is_refused() -> None:
    with pytest.raises(ValueError, match="table 'Kills' has 2 columns"):
        Table(title="Kills", columns=["what", "came back"], rows=[["etcd"]])


def test_a_figure_reads_as_a_line() -> None:
    assert str(Figure("objects", 118, of=118)) == "objects: 118 of 118"
    assert str(Figure("time", 31.42, "s")) == "time: 31.4 s"
    assert str(Figure("state", "Ready")) == "state: Ready"


def test_the_table_on_top_shows_the_key_figures_or_else_the_first() -> None:
    first, key = Figure("first", 1), Figure("key", 2, key=True)
    assert _result(Outcome(figures=[first, GOOD, key])).key_figures == [key]
    assert _result(Outcome(figures=[first, GOOD])).key_figures == [first]
    assert _result(Outcome(failures=["all"])).key_figures == []
