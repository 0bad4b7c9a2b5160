"""Recommended requests for every workload: an environment opts in by `vertical_pod_autoscaler = true`."""

from collections.abc import Sequence

from cdk8s import Chart
from constructs import Construct

from api_platform.environment import Environment
from api_platform.kubernetes.vertical_pod_autoscaler import vertical_pod_autoscaler
from api_platform.service import Service

VERTICAL_AUTOSCALING = "60-vertical-autoscaling"
"""Applied after the Deployments that it looks at."""


class VerticalAutoscalingChart(Chart):
    """One recommender for each workload."""

    def __init__(self, scope: Construct, environment: Environment, services: Sequence[Service]) -> None:
        super().__init__(scope, VERTICAL_AUTOSCALING)
        for service in services:
            for workload in service.workloads:
                vertical_pod_autoscaler(self, environment, service, workload)
