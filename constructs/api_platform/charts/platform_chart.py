"""The environment's namespace and all that holds for the whole of it."""

from cdk8s import Chart
from constructs import Construct

from api_platform.charts.identifiers import PLATFORM
from api_platform.context import PlatformContext
from api_platform.kubernetes.limit_range import limit_range
from api_platform.kubernetes.namespace import namespace
from api_platform.kubernetes.network_policy import default_deny
from api_platform.kubernetes.priority_class import priority_classes
from api_platform.kubernetes.resource_quota import resource_quota
from api_platform.kubernetes.secret_store import secret_store
from api_platform.kubernetes.service_account import secret_reader_account
from api_platform.kubernetes.storage_class import storage_class
from api_platform.kubernetes.viewer_role import viewer_role
from api_platform.mesh.authorization import allow_nothing
from api_platform.mesh.certificate import certificates
from api_platform.mesh.certificate_issuer import certificate_issuer
from api_platform.mesh.compression import compression
from api_platform.mesh.gateway import gateway
from api_platform.mesh.mutual_tls import mesh_wide_mutual_tls, namespace_mutual_tls
from api_platform.mesh.telemetry import gateway_telemetry, telemetry
from api_platform.observability.platform_rule import platform_rule
from api_platform.observability.pod_monitor import control_plane_monitor, gateway_monitor, proxy_monitor


class PlatformChart(Chart):
    """One environment's platform: closed first (default deny, allow nothing), then its shared parts."""

    def __init__(self, scope: Construct, platform: PlatformContext) -> None:
        super().__init__(scope, PLATFORM)
        environment = platform.environment
        namespace(self, environment)
        default_deny(self, environment)
        allow_nothing(self, environment)
        mesh_wide_mutual_tls(self)
        namespace_mutual_tls(self, environment)
        resource_quota(self, platform)
        limit_range(self, platform)
        priority_classes(self)
        storage_class(self)
        viewer_role(self)
        secret_reader_account(self, environment)
        secret_store(self, environment)
        telemetry(self, environment)
        gateway_telemetry(self)
        proxy_monitor(self, environment)
        gateway_monitor(self)
        control_plane_monitor(self)
        platform_rule(self, environment)
        certificate_issuer(self, environment)
        certificates(self, platform)
        gateway(self, platform)
        compression(self)
