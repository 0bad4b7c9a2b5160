"""What the scenario makes of what the script did, and the clone that releases are made in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from api_platform.proof.scenarios.rollout import BAD_TAG, GOOD_TAG
from api_platform.proof.scenarios.script import NEXT_TAG, Journey, ScriptStep, figures, run, tables
from api_platform.proof.script_runs import DeployForm, ScriptRun
from api_platform.proof.stage import ProofStage
from eks_twin.proof.result import Outcome, Verdict
from eks_twin.proof.scenario import LeftOut
from tests.specs import a_service

SERVICE = a_service()
DONE = ScriptRun(code=0, said="production: passed", seconds=10)
REFUSED = ScriptRun(code=1, said=f"{SERVICE.name} in production did not roll out: ...", seconds=40)
STEPS = (
    ScriptStep(DeployForm.CDK, "good", GOOD_TAG, DONE, frozenset({GOOD_TAG})),
    ScriptStep(DeployForm.CDK, "bad", BAD_TAG, REFUSED, frozenset({GOOD_TAG})),
    ScriptStep(DeployForm.CDK, "back", GOOD_TAG, DONE, frozenset({GOOD_TAG})),
    ScriptStep(DeployForm.YAML, "good", NEXT_TAG, DONE, frozenset({NEXT_TAG})),
    ScriptStep(DeployForm.YAML, "bad", BAD_TAG, REFUSED, frozenset({BAD_TAG})),
    ScriptStep(DeployForm.YAML, "back", NEXT_TAG, DONE, frozenset({NEXT_TAG})),
)
DIFFERS = replace(STEPS[3], difference="-  replicas: 3")
UNCHANGED = replace(STEPS[0], running=frozenset({"v1.0.0"}))
UNNAMED = replace(STEPS[4], run=replace(REFUSED, said="error: timed out waiting for the condition"))


def outcome(steps: Sequence[ScriptStep] = STEPS, fewest_ready: int = 3) -> Outcome:
    journey = Journey(SERVICE, "production", steps, fewest_ready, wanted=3)
    return Outcome(figures=figures(journey), tables=tables(journey))


def changed(number: int, step: ScriptStep) -> Sequence[ScriptStep]:
    """Return the steps, of which one went otherwise."""
    return [step if index == number else each for index, each in enumerate(STEPS)]


def test_what_went_as_it_shall_holds() -> None:
    assert outcome().verdict is Verdict.HELD


def test_a_bad_release_that_is_deployed_fails_it_and_what_was_said_is_shown() -> None:
    seen = outcome(changed(4, replace(STEPS[4], run=DONE)))
    assert seen.verdict is Verdict.FAILED
    assert "production: passed" in str(seen.tables[1].rows)


def test_the_short_form_has_no_bad_release_to_name() -> None:
    seen = outcome([STEPS[0], STEPS[3]])
    assert "Failing runs that name the workload" not in [figure.label for figure in seen.figures]
    assert seen.verdict is Verdict.HELD
    assert [table.title for table in seen.tables] == ["The runs"]


def test_what_kubectl_diff_found_is_shown() -> None:
    assert outcome(changed(3, DIFFERS)).tables[-1].title == "What kubectl diff found"


def test_it_is_left_out_where_there_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(LeftOut, match="no clone of the repository"):
        run(cast(ProofStage, type("Stage", (), {"repository": tmp_path})))
