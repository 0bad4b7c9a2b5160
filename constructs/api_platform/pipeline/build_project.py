"""A CodeBuild project with its role and its log."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from api_platform.pipeline.artifact_store import ArtifactStore
from api_platform.pipeline.buildspecs import Buildspec
from api_platform.pipeline.permissions import artifact_access, log_access, trusted_service
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import project_name

IMAGE = codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5
"""What every project runs in. It has Python, Node and the AWS CLI."""


@dataclass(frozen=True)
class BuildProject:
    """A CodeBuild project. It has a role of its own, of the same name."""

    purpose: str
    """What it is for, in the pipeline: `build`, `deploy-production`."""
    description: str
    buildspec: Buildspec
    """What it runs, without CDK tokens, so that the same can run elsewhere."""
    timeout_minutes: int
    permissions: Sequence[iam.PolicyStatement] = ()
    """What its role may do beside reading and writing artifacts and its own log. Default: nothing."""
    large: bool = False
    """Whether it gets eight processors. Default: two, which is what most of its time needs."""

    @property
    def name(self) -> str:
        """Return the project's name, and its role's."""
        return project_name(self.purpose)


def build_project(
    scope: Construct, file: PipelineFile, project: BuildProject, store: ArtifactStore
) -> codebuild.PipelineProject:
    """Create the project, without privileges in its container, and the role that it alone has."""
    parts = Construct(scope, project.purpose)
    log_group = logs.LogGroup(
        parts,
        "Log",
        log_group_name=f"/aws/codebuild/{project.name}",
        retention=logs.RetentionDays.ONE_YEAR,
        encryption_key=store.key,
        removal_policy=RemovalPolicy.DESTROY,
    )
    own = [*artifact_access(store.bucket, store.key), log_access(log_group.log_group_arn)]
    role = iam.Role(
        parts,
        "Role",
        role_name=project.name,
        description=project.description,
        assumed_by=trusted_service("codebuild", file.account),
        inline_policies={"own": iam.PolicyDocument(statements=[*own, *project.permissions], minimize=True)},
    )
    return codebuild.PipelineProject(
        parts,
        "Project",
        project_name=project.name,
        description=project.description,
        role=role.without_policy_updates(),
        build_spec=codebuild.BuildSpec.from_object(dict(project.buildspec)),
        environment=codebuild.BuildEnvironment(
            build_image=IMAGE,
            compute_type=codebuild.ComputeType.LARGE if project.large else codebuild.ComputeType.SMALL,
            privileged=False,
        ),
        encryption_key=store.key,
        logging=codebuild.LoggingOptions(cloud_watch=codebuild.CloudWatchLoggingOptions(log_group=log_group)),
        timeout=Duration.minutes(project.timeout_minutes),
        grant_report_group_permissions=False,
    )
