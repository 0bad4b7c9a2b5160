"""Who hears of failed stages, and of plans that wait for approval."""

from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codestarnotifications as notifications
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from api_platform.pipeline.artifact_store import ArtifactStore
from api_platform.pipeline.permissions import trusted_service
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import PIPELINE

_SERVICE = "codestar-notifications"
_EVENTS = (
    "codepipeline-pipeline-stage-execution-failed",
    "codepipeline-pipeline-manual-approval-needed",
)


def notify(scope: Construct, file: PipelineFile, pipeline: codepipeline.Pipeline, store: ArtifactStore) -> None:
    """Mail both, by a topic that no other account's notifications reach."""
    topic = sns.Topic(scope, "Notifications", master_key=store.key, enforce_ssl=True)
    topic.add_subscription(subscriptions.EmailSubscription(file.notification_email))
    service = trusted_service(_SERVICE, file.account)
    topic.add_to_resource_policy(
        iam.PolicyStatement(principals=[service], actions=["sns:Publish"], resources=[topic.topic_arn])
    )
    store.let_use_key(service, "kms:Decrypt", "kms:GenerateDataKey*")
    notifications.CfnNotificationRule(
        scope,
        "NotificationRule",
        name=f"{PIPELINE}-pipeline",
        detail_type="FULL",
        event_type_ids=list(_EVENTS),
        resource=pipeline.pipeline_arn,
        targets=[notifications.CfnNotificationRule.TargetProperty(target_type="SNS", target_address=topic.topic_arn)],
    )
