"""What holds for all risks: their table, their files, and that none is thrown by what it reads."""

from copy import deepcopy
from pathlib import Path

import pytest

from api_platform.plan.risks import RISKS, find_risks
from api_platform.plan.risks.risk import Danger, FindRisks
from tests.plan.sides import Sides
from tests.rules.test_rules import change, parts_of_each_kind

FILES = Path(__file__).parents[3] / "constructs" / "api_platform" / "plan" / "risks"
NO_RISKS = {"__init__", "authorization", "network", "risk", "rollout_course", "scopes"}


def names() -> set[str]:
    return {find.__name__ for find in RISKS}


def test_every_file_that_is_not_a_reader_is_a_risk_of_its_name() -> None:
    """A risk that is written and not in the table would never be found."""
    assert names() == {path.stem for path in FILES.glob("*.py")} - NO_RISKS
    assert all(find.__module__.endswith(f".{find.__name__}") for find in RISKS)


def test_every_risk_has_a_test_file() -> None:
    assert names() <= {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}


def test_there_is_no_risk_where_nothing_changes(sides: Sides) -> None:
    assert find_risks(sides.changes()) == []


def test_a_first_deploy_only_brings_what_is_new(sides: Sides) -> None:
    """What is new weakens nothing that is there."""
    sides.before.objects.clear()
    assert find_risks(sides.changes()) == []


@pytest.mark.parametrize("find", RISKS)
def test_every_risk_survives_that_all_goes(find: FindRisks, sides: Sides) -> None:
    sides.after.objects.clear()
    sides.risks(find)


def test_the_worst_comes_first(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["selector"]["matchLabels"]["app"] = "orders"
    sides.after.container("orders")["image"] = "orders:2"
    sides.after.remove("PodDisruptionBudget", "orders")
    dangers = [risk.danger for risk in find_risks(sides.changes())]
    assert dangers == [Danger.FAILS, Danger.REMOVES, Danger.RESTARTS]


JUNK = (None, "junk", 7, {"junk": 7}, [{"junk": 7}], {"rules": "junk"}, ["junk", None])


@pytest.mark.slow
def test_no_risk_is_thrown_by_a_value_of_another_type(sides: Sides) -> None:
    """A live object may be anything; a plan must not end in a traceback."""
    for number, (position, way) in enumerate(parts_of_each_kind(sides.after.objects)):
        side = sides.after if number % 2 else sides.before
        kept = side.objects[position]
        side.objects[position] = deepcopy(kept)
        change(side.objects[position], way, JUNK[number % len(JUNK)])
        find_risks(sides.changes())
        side.objects[position] = kept
