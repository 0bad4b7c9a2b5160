"""What the services of a namespace may ask for together."""

import math
from collections.abc import Sequence

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.environment import Environment
from api_platform.kubernetes.deployment import SURGE_PERCENT
from api_platform.kubernetes.metadata import platform_metadata
from api_platform.service import PROXY_RESOURCES, Cpu, Memory, Service, Workload

_OBJECT_HEADROOM = 2
"""So many times the objects of today: a service can be moved to a new name without touching the quota."""


def resource_quota(scope: Construct, environment: Environment, services: Sequence[Service]) -> k8s.KubeResourceQuota:
    """Create the quota: room for every workload at its maximum, in the middle of a rollout, proxies included."""
    workloads = [workload for service in services for workload in service.workloads]
    cpu = sum((_request(workload)[0] * _pods(workload) for workload in workloads), Cpu(0))
    memory = sum((_request(workload)[1] * _pods(workload) for workload in workloads), Memory(0))
    objects = str(_OBJECT_HEADROOM * len(workloads))
    hard = {
        "requests.cpu": str(cpu),
        "requests.memory": str(memory),
        "pods": str(sum(_pods(workload) for workload in workloads)),
        "count/deployments.apps": objects,
        "count/services": objects,
        "services.loadbalancers": "0",
        "services.nodeports": "0",
    }
    return k8s.KubeResourceQuota(
        scope,
        "resource-quota",
        metadata=platform_metadata("services", environment),
        spec=k8s.ResourceQuotaSpec(hard={key: k8s.Quantity.from_string(value) for key, value in hard.items()}),
    )


def _request(workload: Workload) -> tuple[Cpu, Memory]:
    resources = workload.resources
    return resources.cpu + PROXY_RESOURCES.cpu, resources.memory + PROXY_RESOURCES.memory


def _pods(workload: Workload) -> int:
    """Return how many pods there may be: the maximum, the surge, and all old ones while they still terminate."""
    maximum = workload.scaling.maximum
    return maximum + math.ceil(maximum * SURGE_PERCENT / 100) + maximum
