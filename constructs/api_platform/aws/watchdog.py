"""Notices when nothing is told any more: neither Prometheus nor Alertmanager can tell of its own end."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment

_SILENCE = Duration.minutes(15)
"""Alertmanager gives its sign of life every five."""


class Watchdog(Construct):
    """A topic to which Alertmanager gives its sign of life, and an alarm for when it does not."""

    def __init__(self, scope: Construct, environment: Environment, *, key: kms.IKey, tell: sns.ITopic) -> None:
        super().__init__(scope, "Watchdog")
        topic = sns.Topic(
            self,
            "Topic",
            topic_name=names.topic_name(environment, names.WATCHDOG),
            master_key=key,
            enforce_ssl=True,
        )
        alarm = cloudwatch.Alarm(
            self,
            "Silence",
            alarm_description="Prometheus or Alertmanager is silent: nobody would hear of anything else.",
            metric=topic.metric_number_of_messages_published(period=_SILENCE, statistic="Sum"),
            threshold=1,
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(tell))
        alarm.add_ok_action(actions.SnsAction(tell))
