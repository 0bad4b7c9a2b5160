"""Recommended requests for every workload: an environment opts in by `vertical_pod_autoscaler = true`."""

from cdk8s import Chart
from constructs import Construct

from api_platform.charts.identifiers import VERTICAL_AUTOSCALING
from api_platform.context import VerticalAutoscalingContext
from api_platform.kubernetes.vertical_pod_autoscaler import vertical_pod_autoscaler


class VerticalAutoscalingChart(Chart):
    """One recommender for each workload."""

    def __init__(self, scope: Construct, context: VerticalAutoscalingContext) -> None:
        super().__init__(scope, VERTICAL_AUTOSCALING)
        for owner in context.owners:
            vertical_pod_autoscaler(self, owner)
