"""Where the pipeline keeps what its actions hand on, and the key that encrypts it, the logs and the topic."""

from typing import cast

from aws_cdk import CfnResource, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from api_platform.aws.bucket import DataProtection, private_bucket
from api_platform.pipeline.permissions import let_logs_use
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import PIPELINE

_KEPT = Duration.days(90)
"""Artifacts, and so long a stage can go back to the deployment before."""


class ArtifactStore(Construct):
    """The bucket, the bucket of its access logs, and the key."""

    def __init__(self, scope: Construct, pipeline: PipelineFile) -> None:
        super().__init__(scope, "Artifacts")
        self.key = kms.Key(
            self,
            "Key",
            alias=f"alias/{PIPELINE}-pipeline",
            description="Encrypts the pipeline's artifacts, logs and notifications",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.DESTROY,
        )
        let_logs_use(self.key, pipeline.account, pipeline.region)
        access_logs = private_bucket(
            self,
            "AccessLogs",
            name=_name(pipeline, "access-logs"),
            removal_policy=RemovalPolicy.DESTROY,
            expires_after=_KEPT,
        )
        reason = "It is the bucket of access logs, and would log its own logging for ever."
        logs_resource = cast("CfnResource", access_logs.node.default_child)
        logs_resource.add_metadata("checkov", {"skip": [{"id": "CKV_AWS_18", "comment": reason}]})
        self.bucket = private_bucket(
            self,
            "Bucket",
            name=_name(pipeline, "artifacts"),
            removal_policy=RemovalPolicy.DESTROY,
            expires_after=_KEPT,
            protection=DataProtection(self.key, access_logs),
        )

    def let_use_key(self, service: iam.IPrincipal, *actions: str) -> None:
        """Let a service of AWS use the key, as far as the conditions of the principal go."""
        self.key.add_to_resource_policy(
            iam.PolicyStatement(principals=[service], actions=list(actions), resources=["*"])  # in its own policy: it
        )


def _name(pipeline: PipelineFile, purpose: str) -> str:
    return f"{PIPELINE}-pipeline-{purpose}-{pipeline.account}-{pipeline.region}"
