"""Where alarms go: an SNS topic that mails operations."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment

_CLOUDWATCH = "cloudwatch.amazonaws.com"


def operations_topic(scope: Construct, environment: Environment, key: kms.Key) -> sns.Topic:
    """Create the topic. CloudWatch alone, for alarms of this account, publishes to it and uses its key."""
    name = names.topic_name(environment, names.OPERATIONS)
    topic = sns.Topic(scope, "Operations", topic_name=name, master_key=key, enforce_ssl=True)
    topic.add_subscription(subscriptions.EmailSubscription(environment.operations_email))
    ours = {"StringEquals": {"aws:SourceAccount": environment.account}}
    publisher = iam.ServicePrincipal(_CLOUDWATCH, conditions=ours)
    topic.add_to_resource_policy(
        iam.PolicyStatement(principals=[publisher], actions=["sns:Publish"], resources=[topic.topic_arn])
    )
    key.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[publisher],
            actions=["kms:Decrypt", "kms:GenerateDataKey*"],
            resources=["*"],  # in a key's own policy: this key
        )
    )
    return topic
