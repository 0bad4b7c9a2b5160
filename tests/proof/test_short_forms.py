"""The short form of each scenario: less of the same, and told on the page."""

from pathlib import Path

import pytest

from api_platform.proof.scenarios.disruption import some_of
from api_platform.proof.scenarios.table import SCENARIOS
from eks_twin.proof.page import page
from eks_twin.proof.result import Outcome
from eks_twin.proof.runner import Runner
from eks_twin.proof.scenario import Scenario
from eks_twin.proof.setting import Setting
from tests.eks_twin.proof.test_runner import Heard

WHOLE = {"delivery", "drift", "rollout"}
"""Leave out nothing: what they wait for cannot be had in part."""


def test_a_scenario_says_what_its_short_form_leaves_out() -> None:
    assert {scenario.name for scenario in SCENARIOS if not scenario.short} == WHOLE


@pytest.mark.parametrize("short", [False, True])
def test_the_page_tells_a_short_form_from_a_full_one(short: bool, tmp_path: Path) -> None:
    """A reader would take half of the evidence for all of it."""
    scenario = Scenario[None](
        name="one", title="One", expectation="It holds.", run=lambda _: Outcome(), short="half of it."
    )
    results = Runner(progress=Heard(), log=tmp_path / "log", short=short).run([scenario], None)
    shown = page(results, Setting.here("production", {}, short=short))
    assert ("half of it." in shown) is short
    assert ("short: each section" in shown) is short


def test_the_nodes_that_are_needed_are_among_some() -> None:
    assert some_of(["a", "b", "c", "d", "e"], {"d"}) == ["d", "a", "b"]
    assert some_of(["a", "b", "c", "d", "e"], {"b", "c", "d", "e"}) == ["b", "c", "d", "e"]
