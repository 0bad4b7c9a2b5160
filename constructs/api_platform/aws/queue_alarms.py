"""Alarms on a worker's queue: work that waits too long, and work that failed for good."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from api_platform.aws.work_queue import WorkQueue


class QueueAlarms(Construct):
    """Tells operations, when it starts and when it is over."""

    def __init__(self, scope: Construct, queue: WorkQueue, *, visibility_seconds: int, topic: sns.ITopic) -> None:
        super().__init__(scope, f"{queue.node.id}-alarms")
        period = Duration.minutes(5)
        age = queue.queue.metric_approximate_age_of_oldest_message(period=period, statistic="Maximum")
        dead = queue.dead_letters.metric_approximate_number_of_messages_visible(period=period, statistic="Maximum")
        for name, metric, threshold, description in (
            (
                "age",
                age,
                2 * visibility_seconds,
                f"A message waits for {queue.node.id} as long as two attempts at the longest job take.",
            ),
            ("dead-letters", dead, 0, f"{queue.node.id} failed on a message for good; it is in its dead-letter queue."),
        ):
            alarm = cloudwatch.Alarm(
                self,
                name,
                alarm_description=description,
                metric=metric,
                threshold=threshold,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluation_periods=1,
                # SQS reports nothing of a queue that has been idle for six hours.
                treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            )
            alarm.add_alarm_action(actions.SnsAction(topic))
            alarm.add_ok_action(actions.SnsAction(topic))
