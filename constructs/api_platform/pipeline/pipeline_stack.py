"""Stack `pipeline`: it stands beside the environments' stages, since below it their ids and names would change."""

from collections.abc import Mapping, Sequence
from typing import cast

from aws_cdk import Acknowledgment, App, CfnElement, Stack, Validations
from aws_cdk import Environment as CdkEnvironment
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_iam as iam

from api_platform.environment import Environment
from api_platform.pipeline.artifact_store import ArtifactStore
from api_platform.pipeline.build_project import build_project
from api_platform.pipeline.notifications import notify
from api_platform.pipeline.permissions import artifact_access, trusted_service, use_connection
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import PIPELINE, STACK
from api_platform.pipeline.projects import all_projects
from api_platform.pipeline.stages import Stages


class PipelineStack(Stack):
    """The pipeline, its projects, and what they need."""

    def __init__(self, app: App, file: PipelineFile, environments: Sequence[Environment]) -> None:
        super().__init__(
            app,
            STACK,
            description="Deploys the environments of the API platform",
            env=CdkEnvironment(account=file.account, region=file.region),
        )
        deployed = [one for one in environments if one.pipeline]
        store = ArtifactStore(self, file)
        projects = {
            project.purpose: build_project(self, file, project, store) for project in all_projects(file, deployed)
        }
        pipeline = codepipeline.Pipeline(
            self,
            "Pipeline",
            pipeline_name=PIPELINE,
            pipeline_type=codepipeline.PipelineType.V2,
            # QUEUED lets every commit wait behind an approval, and PARALLEL lets an older one win.
            execution_mode=codepipeline.ExecutionMode.SUPERSEDED,
            restart_execution_on_update=True,
            artifact_bucket=store.bucket,
            cross_account_keys=False,  # the key is ours; other accounts are reached by roles, not by artifacts
            role=_pipeline_role(self, file, store, projects).without_policy_updates(),
            use_pipeline_role_for_actions=True,
        )
        for stage in Stages.of(file, deployed, projects).all():
            pipeline.add_stage(stage_name=stage.stage_name, actions=stage.actions, on_failure=stage.on_failure)
        notify(self, file, pipeline, store)
        _acknowledge(self, store)


def _pipeline_role(
    scope: Stack, file: PipelineFile, store: ArtifactStore, projects: Mapping[str, codebuild.PipelineProject]
) -> iam.Role:
    run = iam.PolicyStatement(
        actions=["codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"],
        resources=[project.project_arn for project in projects.values()],
    )
    statements = [*artifact_access(store.bucket, store.key), run, use_connection(file.connection_arn)]
    return iam.Role(
        scope,
        "Role",
        role_name=f"{PIPELINE}-pipeline",
        description="Reads the repository and runs the pipeline's projects",
        assumed_by=trusted_service("codepipeline", file.account),
        inline_policies={"own": iam.PolicyDocument(statements=statements)},
    )


def _acknowledge(stack: Stack, store: ArtifactStore) -> None:
    """Answer cdk-nag, once for all roles."""
    bucket = stack.get_logical_id(cast("CfnElement", store.bucket.node.default_child))
    Validations.of(stack).acknowledge(
        Acknowledgment(
            id=f"AwsSolutions::AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]",
            reason="CodePipeline names the artifacts at each execution, and nothing else lies in this bucket.",
        )
    )
