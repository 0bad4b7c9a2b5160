"""One service, whole: every object that its spec comes to."""

from typing import assert_never

from cdk8s import Chart
from constructs import Construct

from api_platform.charts.identifiers import service_chart_id
from api_platform.context import ServiceContext, WorkloadContext
from api_platform.kubernetes.autoscaler import autoscaler
from api_platform.kubernetes.config_map import config_map
from api_platform.kubernetes.deployment import deployment
from api_platform.kubernetes.disruption_budget import disruption_budget
from api_platform.kubernetes.external_secret import external_secret
from api_platform.kubernetes.network_policy import network_policy
from api_platform.kubernetes.queue_scaler import queue_scaler
from api_platform.kubernetes.service import cluster_service
from api_platform.kubernetes.service_account import service_account
from api_platform.mesh.authorization import allow_callers, allow_metrics
from api_platform.mesh.mutual_tls import workload_mutual_tls
from api_platform.mesh.routing import virtual_service
from api_platform.mesh.sidecar import sidecar
from api_platform.mesh.traffic_policy import destination_rule
from api_platform.observability.dashboard import dashboard
from api_platform.observability.prometheus_rule import prometheus_rule
from api_platform.observability.service_monitor import service_monitor
from api_platform.service import QueueScaling, UtilizationScaling


class ServiceChart(Chart):
    """All workloads of one service, and what it is watched by."""

    def __init__(self, scope: Construct, context: ServiceContext) -> None:
        super().__init__(scope, service_chart_id(context.service))
        for one in context.workloads:
            service_account(self, one)
            config_map(self, one)
            for secret in one.workload.secrets:
                external_secret(self, one, secret)
            network_policy(self, one)
            workload_mutual_tls(self, one)
            allow_callers(self, one)
            allow_metrics(self, one)
            sidecar(self, one)
            cluster_service(self, one)
            deployment(self, one)
            disruption_budget(self, one)
            self._autoscaler(one)
            self._traffic(one)
            service_monitor(self, one)
        prometheus_rule(self, context)
        dashboard(self, context)

    def _autoscaler(self, context: WorkloadContext) -> None:
        match context.workload.scaling:
            case QueueScaling() as scaling:
                queue_scaler(self, context, scaling)
            case UtilizationScaling() as scaling:
                autoscaler(self, context, scaling)
            case scaling:
                assert_never(scaling)

    def _traffic(self, context: WorkloadContext) -> None:
        if exposure := context.workload.exposure:
            destination_rule(self, context, exposure)
            virtual_service(self, context, exposure)
