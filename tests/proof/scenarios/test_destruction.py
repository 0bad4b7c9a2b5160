"""What the scenario makes of what it saw."""

from dataclasses import replace
from typing import Any

import pytest

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


def verdict(seen: Destroyed) -> Verdict:
    return Outcome(figures=figures(seen), tables=tables(seen)).verdict


def test_what_is_gone_holds() -> None:
    assert verdict(GONE) is Verdict.HELD
    assert tables(GONE) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"made": set()},
        {"left": {"queue a"}},
        {"stacks_left": ["development-network"]},
        {"clusters_left": 1},
        {"touched": {"role of production"}},
    ],
    ids=str,
)
def test_anything_wrong_fails(wrong: dict[str, Any]) -> None:
    assert verdict(replace(GONE, **wrong)) is Verdict.FAILED


def test_what_was_left_is_named() -> None:
    (table,) = tables(replace(GONE, left={"queue a"}))
    assert table.rows == [("left", "queue a")]
