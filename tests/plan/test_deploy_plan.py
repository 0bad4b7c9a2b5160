from collections.abc import Callable

import pytest

from api_platform.plan.deploy_plan import CHANGES, SECOND_LOOK, DeployPlan
from api_platform.plan.object_changes import Action
from api_platform.plan.risks import Danger
from tests.plan.sides import Sides


def nothing(_: Sides) -> None:
    pass


def a_label(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["metadata"]["labels"]["x"] = "y"


def an_image(sides: Sides) -> None:
    sides.after.container("orders")["image"] = "orders:2"


def a_selector(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["selector"] = {"matchLabels": {"x": "y"}}


@pytest.mark.parametrize(
    ("change", "code"), [(nothing, 0), (a_label, CHANGES), (an_image, CHANGES), (a_selector, SECOND_LOOK)]
)
def test_the_detailed_exit_code_tells_nothing_from_changes_and_danger(
    sides: Sides, change: Callable[[Sides], None], code: int
) -> None:
    change(sides)
    assert DeployPlan.of("production", "HEAD", sides.changes()).detailed_exit_code == code


def test_a_plan_counts_what_it_holds(sides: Sides) -> None:
    an_image(sides)
    a_selector(sides)
    plan = DeployPlan.of("production", "HEAD", sides.changes())
    assert plan.actions == {Action.UPDATE: 1}
    assert plan.dangers == {Danger.FAILS: 1, Danger.RESTARTS: 1}
