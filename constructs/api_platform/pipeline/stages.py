"""The pipeline's stages: Source, Build, UpdatePipeline, and for each wave its plan and its deployment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions

from api_platform.environment import Environment
from api_platform.pipeline.pipeline_file import DeployWave, PipelineFile
from api_platform.pipeline.pipeline_names import BUILD_ARTIFACT, plan_artifact

_ROLL_BACK = codepipeline.FailureConditions(result=codepipeline.Result.ROLLBACK)
"""Deploy again what the stage deployed last without a failure. Works within one version of the pipeline's structure."""


@dataclass(frozen=True)
class Stages:
    """All stages, in order; what their actions run, and on what."""

    file: PipelineFile
    environments: Mapping[str, Environment]
    projects: Mapping[str, codebuild.IProject]
    """Purpose -> project."""
    source: codepipeline.Artifact
    assembly: codepipeline.Artifact

    @classmethod
    def of(
        cls, file: PipelineFile, environments: Sequence[Environment], projects: Mapping[str, codebuild.IProject]
    ) -> "Stages":
        """Return the stages of the file's waves."""
        by_name: dict[str, Environment] = {environment.name: environment for environment in environments}
        source, assembly = codepipeline.Artifact("source"), codepipeline.Artifact(BUILD_ARTIFACT)
        return cls(file, by_name, projects, source, assembly)

    def all(self) -> Iterator[codepipeline.StageOptions]:
        """Yield them in order."""
        yield codepipeline.StageOptions(stage_name="Source", actions=[self._source()])
        yield codepipeline.StageOptions(stage_name="Build", actions=[self._build(), self._run("test", self.source)])
        yield codepipeline.StageOptions(stage_name="UpdatePipeline", actions=[self._run("update", self.assembly)])
        for wave in self.file.waves:
            yield from self._wave(wave)

    def _source(self) -> actions.CodeStarConnectionsSourceAction:
        owner, _, name = self.file.repository.partition("/")
        return actions.CodeStarConnectionsSourceAction(
            action_name="Source",
            owner=owner,
            repo=name,
            branch=self.file.branch,
            connection_arn=self.file.connection_arn,
            # A zip file: with a clone, every project would need the connection.
            code_build_clone_output=False,
            output=self.source,
        )

    def _build(self) -> actions.CodeBuildAction:
        return self._run("build", self.source, outputs=[self.assembly])

    def _wave(self, wave: DeployWave) -> Iterator[codepipeline.StageOptions]:
        """Yield two stages: a rollback of the deployment must not wait for an approval."""
        environments = [self.environments[name] for name in wave.environments]
        name = "-".join(wave.environments)
        plans = {one.name: codepipeline.Artifact(plan_artifact(one)) for one in environments}
        planning: list[codepipeline.IAction] = [
            self._run(
                f"plan-{one.name}",
                self.source,
                extra_inputs=[self.assembly],
                outputs=[plans[one.name]],
                variables_namespace=plan_artifact(one),
            )
            for one in environments
        ]
        approval = [_approve(environments)] if wave.approval else []
        yield codepipeline.StageOptions(stage_name=f"Plan-{name}", actions=[*planning, *approval])
        deploying = [self._run(f"deploy-{one.name}", self.assembly) for one in environments]
        checking = [
            self._run(f"check-{one.name}", self.source, extra_inputs=[plans[one.name]], run_order=2)
            for one in environments
        ]
        # What a team tries out stays as it is when it fails, so that it can be looked at.
        tried_out = "development" in wave.environments
        yield codepipeline.StageOptions(
            stage_name=f"Deploy-{name}",
            actions=[*deploying, *checking],
            on_failure=None if tried_out else _ROLL_BACK,
        )

    def _run(
        self,
        purpose: str,
        source: codepipeline.Artifact,
        *,
        extra_inputs: Sequence[codepipeline.Artifact] = (),
        outputs: Sequence[codepipeline.Artifact] = (),
        run_order: int = 1,
        variables_namespace: str | None = None,
    ) -> actions.CodeBuildAction:
        return actions.CodeBuildAction(
            action_name=purpose,
            project=self.projects[purpose],
            input=source,
            extra_inputs=list(extra_inputs),
            outputs=list(outputs),
            run_order=run_order,
            variables_namespace=variables_namespace,
        )


def _approve(environments: Sequence[Environment]) -> actions.ManualApprovalAction:
    summaries = [f"{one.name}: #{{{plan_artifact(one)}.SUMMARY}}" for one in environments]
    return actions.ManualApprovalAction(
        action_name="approve",
        additional_information="\n".join([*summaries, "The whole plan: plan.md in the artifact of the plan's action."]),
        run_order=2,
    )
