"""What the scenario makes of what it saw."""

from dataclasses import replace

from api_platform.proof.scenarios.destruction import Destroyed, figures, tables
from eks_twin.proof.result import Outcome, Verdict

GONE = Destroyed(
    made={"queue a", "role b", "log group c"},
    kept={"log group c"},
    left=set(),
    stacks_left=[],
    clusters_left=0,
    touched=set(),
    deploy_seconds=50,
    destroy_seconds=5,
)


def outcome(seen: Destroyed) -> Outcome:
    return Outcome(figures=figures(seen), tables=tables(seen))


def test_what_is_gone_holds() -> None:
    assert outcome(GONE).verdict is Verdict.HELD
    assert tables(GONE) == []


def test_what_was_left_is_named() -> None:
    (table,) = tables(replace(GONE, left={"queue a"}))
    assert table.rows == [("left", "queue a")]
