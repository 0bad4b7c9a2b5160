"""The Helm releases that bring CRDs, operators and the mesh. One product, one file."""

from collections.abc import Sequence

from api_platform.aws.helm_release import HelmRelease
from api_platform.aws.releases.autoscaling import keda, vertical_pod_autoscaler
from api_platform.aws.releases.istio import istio
from api_platform.aws.releases.monitoring import kube_prometheus_stack
from api_platform.aws.releases.secrets import cert_manager, external_secrets
from api_platform.environment import Environment
from api_platform.service import Service


def all_releases(environment: Environment, services: Sequence[Service]) -> tuple[HelmRelease, ...]:
    """Return every release of the environment's cluster, each after those that it needs."""
    return (
        *istio(environment, services),
        kube_prometheus_stack(environment),
        keda(environment),
        external_secrets(),
        cert_manager(environment),
        *((vertical_pod_autoscaler(),) if environment.vertical_pod_autoscaler else ()),
    )
