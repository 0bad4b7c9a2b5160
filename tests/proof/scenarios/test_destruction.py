"""What the scenario makes of what it saw."""

from dataclasses import replace

from api_platform.proof.scenarios.destruction import Destroyed, Destruction, figures, tables
from eks_twin.proof.quantities import duration
from eks_twin.proof.result import Outcome, Verdict

GONE = Destroyed(
    name="development",
    made={"queue a", "role b", "log group c"},
    kept={"log group c"},
    left=set(),
    stacks_left=[],
    clusters_left=0,
    deploy_seconds=50,
    destroy_seconds=5,
)


def outcome(*others: Destroyed, touched: str = "", refused: bool | None = True) -> Outcome:
    seen = Destruction(others or (GONE,), {touched} if touched else set(), refused)
    return Outcome(figures=figures(seen), tables=tables(seen))


def test_what_is_gone_holds() -> None:
    (table,) = outcome().tables
    assert outcome().verdict is Verdict.HELD
    assert table.rows == [["development", 3, 1, 0, duration(50), duration(5)]]


def test_of_several_environments_each_counts() -> None:
    seen = outcome(GONE, replace(GONE, name="staging", left={"queue a"}))
    assert [figure.value for figure in seen.figures][:2] == [6, 1]
    assert seen.tables[1].rows == [("left of staging", "queue a")]


def test_where_no_control_plane_was_made_nothing_is_said_of_one_that_is_left() -> None:
    """It would hold whatever happens."""
    assert "Control planes left" in {figure.label for figure in outcome().figures}
    short = outcome(replace(GONE, clusters_left=None))
    assert "Control planes left" not in {figure.label for figure in short.figures}
    assert short.verdict is Verdict.HELD


def test_where_the_running_one_is_not_protected_nothing_is_said_of_a_refusal() -> None:
    assert len(outcome(refused=None).figures) == len(outcome().figures) - 1
