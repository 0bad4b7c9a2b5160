"""Alarms on a worker's queue: work that waits too long, and work that failed for good."""

from typing import assert_never

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from api_platform.aws.work_queue import WorkQueue
from api_platform.environment import Environment
from api_platform.observability.queue_alarms import QueueMetric, queue_alarms
from api_platform.service import Workload


class QueueAlarms(Construct):
    """Tells operations, when it starts and when it is over."""

    def __init__(
        self, scope: Construct, environment: Environment, workload: Workload, *, queue: WorkQueue, topic: sns.ITopic
    ) -> None:
        super().__init__(scope, f"{queue.node.id}-alarms")
        for one in queue_alarms(environment, workload):
            alarm = cloudwatch.Alarm(
                self,
                one.metric,
                alarm_description=one.description,
                metric=_metric(queue, one.metric),
                threshold=one.threshold,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluation_periods=1,
                # SQS reports nothing of a queue that has been idle for six hours.
                treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            )
            alarm.add_alarm_action(actions.SnsAction(topic))
            alarm.add_ok_action(actions.SnsAction(topic))


def _metric(queue: WorkQueue, metric: QueueMetric) -> cloudwatch.Metric:
    period = Duration.minutes(5)
    match metric:
        case "age":
            return queue.queue.metric_approximate_age_of_oldest_message(period=period, statistic="Maximum")
        case "dead-letters":
            return queue.dead_letters.metric_approximate_number_of_messages_visible(period=period, statistic="Maximum")
        case _:
            assert_never(metric)
