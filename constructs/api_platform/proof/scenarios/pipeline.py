"""Runs what the pipeline's projects run, as their buildspecs stand in its template: a good release, a bad one, back."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.environment import load_environments
from api_platform.pipeline.pipeline_file import load_pipeline
from api_platform.pipeline.pipeline_names import BUILD_ARTIFACT, plan_artifact
from api_platform.proof.build_run import BuildRun
from api_platform.proof.pipeline_actions import PipelineActions
from api_platform.proof.resilience.rollout_report import WAIT_SECONDS
from api_platform.proof.scenarios.rollout import BAD_TAG, GOOD_TAG, bad_service
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.measure.sampling import lowest, sampling
from eks_twin.proof.quantities import at_least, duration, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Row, Table, Verdict
from eks_twin.proof.scenario import LeftOut, Scenario


@dataclass(frozen=True)
class PipelineStep:
    """One action of the pipeline."""

    release: str
    """`good`, `bad` or `back`."""
    purpose: str
    """`update`, `plan`, `deploy` or `check`."""
    run: BuildRun
    succeeds: bool = True
    """Whether it shall succeed."""

    @property
    def as_expected(self) -> bool:
        """Whether it did what it shall."""
        return self.run.succeeded is self.succeeds


@dataclass(frozen=True)
class Passage:
    """What the pipeline's actions did, one after the other."""

    service: Service
    """What is released."""
    steps: Sequence[PipelineStep]
    fewest_ready: int
    """Pods of the service that were ready when fewest were."""
    wanted: int

    def of(self, release: str, purpose: str) -> BuildRun | None:
        """Return how this action went; None where the form leaves it out."""
        return next((step.run for step in self.steps if (step.release, step.purpose) == (release, purpose)), None)


def run(stage: ProofStage) -> Outcome:
    """Take a good release, a bad one and the one before through the pipeline; the short form stops after the first."""
    file = load_pipeline(load_environments())
    if file is None:
        raise LeftOut("There is no pipeline.toml.")
    if not stage.environment.pipeline:
        raise LeftOut(f"{stage.environment.name} says that the pipeline does not deploy it.")
    pipeline = PipelineActions(stage, file, stage.twin.home.of("pipeline"))
    shutil.rmtree(pipeline.folder, ignore_errors=True)
    service = bad_service(stage.services)
    wanted = {status.name: status.wanted for status in stage.wait_until_ready()}
    names = {workload.name for workload in service.workloads}
    with sampling(stage.cluster, stage.namespace) as sampler:
        try:
            steps = _pass_through(pipeline, service)
        finally:
            stage.twin.cdk.deploy()
            stage.wait_until_ready()
        ready = sampler.recording.count(lambda pod: pod.ready and pod.workload in names)
    passage = Passage(service, steps, lowest(ready), sum(wanted[name] for name in names))
    return Outcome(figures=figures(passage), tables=tables(passage), notes=_NOTES)


def _pass_through(pipeline: PipelineActions, service: Service) -> Sequence[PipelineStep]:
    good = pipeline.assembly("good", f"{service.name}.image.tag={GOOD_TAG}")
    plan = pipeline.run("good", "plan", good, {BUILD_ARTIFACT: good})
    recorded = {plan_artifact(pipeline.stage.environment): plan.artifacts}
    steps = [
        PipelineStep("good", "update", pipeline.run("good", "update", good)),
        PipelineStep("good", "plan", plan),
        PipelineStep("good", "deploy", pipeline.run("good", "deploy", good)),
        PipelineStep("good", "check", pipeline.run("good", "check", good, recorded)),
    ]
    if pipeline.stage.short:
        return steps
    settings = (f"{service.name}.image.tag={BAD_TAG}", f"rollout-wait-seconds={WAIT_SECONDS}")
    bad = pipeline.assembly("bad", *settings)
    return [
        *steps,
        PipelineStep("bad", "plan", pipeline.run("bad", "plan", bad, {BUILD_ARTIFACT: bad})),
        PipelineStep("bad", "deploy", pipeline.run("bad", "deploy", bad), succeeds=False),
        # What the stage's rollback does: the actions of the execution before, with what they had.
        PipelineStep("back", "deploy", pipeline.run("back", "deploy", good)),
        PipelineStep("back", "check", pipeline.run("back", "check", good, recorded)),
    ]


def figures(passage: Passage) -> Sequence[Figure]:
    """Return the figures."""
    good, bad, name = passage.of("good", "plan"), passage.of("bad", "deploy"), passage.service.name
    summary = good.exported.get("SUMMARY", "") if good else ""
    found = [
        Figure(
            "Actions that did as they shall",
            sum(step.as_expected for step in passage.steps),
            limit=exactly(len(passage.steps)),
            of=len(passage.steps),
            key=True,
        ),
        Figure("Plans whose summary names the release", int(name in summary), limit=exactly(1)),
        Figure("Fewest ready pods of the released service", passage.fewest_ready, limit=at_least(passage.wanted)),
    ]
    if bad:
        named = f"{name} in " in bad.said and "did not roll out" in bad.said
        found.append(Figure("Failed deployments that name the workload", int(named), limit=exactly(1)))
    return found


def tables(passage: Passage) -> Sequence[Table]:
    """Return each action with its time, and what those said that did not do as they shall."""
    rows: list[Row] = [
        [
            step.release,
            step.purpose,
            Cell("succeeded" if step.run.succeeded else "failed", _verdict(step)),
            duration(step.run.seconds),
        ]
        for step in passage.steps
    ]
    said: list[Row] = [
        [f"{step.release} {step.purpose}", Cell(step.run.said[-3000:], code=True)]
        for step in passage.steps
        if not step.as_expected
    ]
    found = [Table(title="The pipeline's actions", columns=("release", "action", "result", "took"), rows=rows)]
    if summary := passage.of("good", "plan"):
        text = Cell(summary.exported.get("SUMMARY", ""), code=True)
        found.append(Table(title="What is shown for approval", columns=("plan",), rows=[[text]]))
    return [*found, Table(title="What they said", columns=("action", "output"), rows=said)] if said else found


def _verdict(step: PipelineStep) -> Verdict:
    return Verdict.HELD if step.as_expected else Verdict.FAILED


_NOTES = (
    (
        "CodePipeline, CodeBuild's image, the connection and IAM are not here: the commands are, in their order, with "
        "the inputs and outputs that the template names. Build itself is run in a clean export, by a test."
    ),
    "There is no gateway on the twin, so the check does not ask for public hosts.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="pipeline",
    title="The pipeline's commands deliver",
    expectation="The commands of the pipeline's projects, as they stand in its template, update the pipeline, plan, "
    "deploy and check a good release; a bad one fails by the workload's name and costs no ready pod, and the release "
    "before comes back.",
    run=run,
    short="the good release alone.",
)
