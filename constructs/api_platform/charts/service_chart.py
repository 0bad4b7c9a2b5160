"""One service, whole: every object that its spec comes to."""

from cdk8s import Chart
from constructs import Construct

from api_platform.call_graph import CallGraph
from api_platform.environment import Environment
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
from api_platform.service import QueueScaling, Service, Workload


def service_chart_id(service: Service) -> str:
    """Return the chart's id, which names its file: after the platform's, since kubectl takes files by name."""
    return f"50-{service.name}"


class ServiceChart(Chart):
    """All workloads of one service, and what it is watched by."""

    def __init__(self, scope: Construct, environment: Environment, service: Service, graph: CallGraph) -> None:
        super().__init__(scope, service_chart_id(service))
        for workload in service.workloads:
            service_account(self, environment, service, workload)
            config_map(self, environment, service, workload, graph)
            for secret in workload.secrets:
                external_secret(self, environment, service, workload, secret)
            network_policy(self, environment, service, workload, graph)
            workload_mutual_tls(self, environment, service, workload)
            allow_callers(self, environment, service, workload, graph)
            allow_metrics(self, environment, service, workload)
            sidecar(self, environment, service, workload, graph)
            cluster_service(self, environment, service, workload)
            deployment(self, environment, service, workload, graph)
            disruption_budget(self, environment, service, workload)
            self._autoscaler(environment, service, workload)
            self._traffic(environment, service, workload)
            service_monitor(self, environment, service, workload)
        prometheus_rule(self, environment, service)
        dashboard(self, environment, service)

    def _autoscaler(self, environment: Environment, service: Service, workload: Workload) -> None:
        if isinstance(workload.scaling, QueueScaling):
            queue_scaler(self, environment, service, workload, workload.scaling)
        else:
            autoscaler(self, environment, service, workload)

    def _traffic(self, environment: Environment, service: Service, workload: Workload) -> None:
        if workload.exposure:
            destination_rule(self, environment, service, workload, workload.exposure)
            virtual_service(self, environment, service, workload, workload.exposure)
