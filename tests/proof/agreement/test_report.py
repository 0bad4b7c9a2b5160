"""What the page shows of plans and what came."""

from api_platform.proof.agreement import report
from api_platform.proof.agreement.comparison import ComparedChange
from api_platform.proof.agreement.effects import Fate
from eks_twin.proof.quantities import duration
from eks_twin.proof.result import Cell, Outcome, Verdict
from tests.proof.agreement.outcomes import DEPLOYMENT, POLICY, came, compared, failed


def outcome(*changes: ComparedChange) -> Outcome:
    """Return what the page shows of these. Default: of two that agree, one of which fails."""
    seen = changes or (compared(), failed())
    return Outcome(figures=report.figures(seen), tables=report.tables(seen))


def test_ten_of_ten_holds_and_each_has_its_row() -> None:
    seen = outcome()
    (table,) = seen.tables
    agrees = Cell("agrees", Verdict.HELD)
    assert seen.verdict is Verdict.HELD
    assert table.rows == [
        ["image tag", 2, 2, "orders", 2, 2, "", agrees, duration(1.5), duration(20)],
        ["immutable selector", 0, 0, "", 1, 1, "orders Deployment1", agrees, duration(1.5), duration(20)],
    ]


def test_one_that_differs_fails_and_the_page_says_in_what() -> None:
    seen = outcome(compared(came=came(objects={DEPLOYMENT: Fate.UPDATED})), failed())
    assert [figure.value for figure in seen.figures][:2] == [1, 2]
    assert seen.verdict is Verdict.FAILED
    assert seen.tables[1].rows == [["image tag", POLICY, "deleted", "nothing"]]


def test_a_plan_that_is_other_against_the_assembly_before_fails_and_the_page_says_in_what() -> None:
    seen = outcome(compared(unlike=["risks"]), failed())
    assert [figure.value for figure in seen.figures][:2] == [2, 1]
    assert seen.tables[1].rows[0][:2] == ["image tag", "the plan's risks"]
