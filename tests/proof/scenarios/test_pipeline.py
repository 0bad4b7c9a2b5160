"""What the scenario makes of what the pipeline's actions did."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from api_platform.proof.build_run import BuildRun
from api_platform.proof.scenarios.pipeline import Passage, PipelineStep, figures, tables
from eks_twin.proof.result import Outcome, Verdict
from tests.specs import a_service

SERVICE = a_service()
DONE = BuildRun(succeeded=True, said="", seconds=10, artifacts=Path("artifacts"), exported={})
PLANNED = replace(DONE, exported={"SUMMARY": f"{SERVICE.name} restarts"})
REFUSED = replace(DONE, succeeded=False, said=f"{SERVICE.name} in production did not roll out: ...")
STEPS = (
    PipelineStep("good", "update", DONE),
    PipelineStep("good", "plan", PLANNED),
    PipelineStep("good", "deploy", DONE),
    PipelineStep("good", "check", DONE),
    PipelineStep("bad", "plan", PLANNED),
    PipelineStep("bad", "deploy", REFUSED, succeeds=False),
    PipelineStep("back", "deploy", DONE),
    PipelineStep("back", "check", DONE),
)


def outcome(steps: Sequence[PipelineStep] = STEPS, fewest_ready: int = 3) -> Outcome:
    passage = Passage(SERVICE, steps, fewest_ready, wanted=3)
    return Outcome(figures=figures(passage), tables=tables(passage))


def changed(number: int, run: BuildRun) -> Sequence[PipelineStep]:
    """Return the steps, of which one went otherwise."""
    return [replace(step, run=run) if index == number else step for index, step in enumerate(STEPS)]


def test_what_went_as_it_shall_holds() -> None:
    assert outcome().verdict is Verdict.HELD


def test_a_bad_release_that_is_deployed_fails_it_and_what_it_said_is_shown() -> None:
    seen = outcome(changed(5, replace(DONE, said="all is well")))
    assert seen.verdict is Verdict.FAILED
    assert seen.tables[-1].title == "What they said"


def test_the_short_form_has_no_bad_release_to_name() -> None:
    labels = [figure.label for figure in outcome(STEPS[:4]).figures]
    assert "Failed deployments that name the workload" not in labels
    assert outcome(STEPS[:4]).verdict is Verdict.HELD
