"""What the services of a namespace may ask for together."""

import math

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.context import PlatformContext, Size
from api_platform.kubernetes.deployment import SURGE_PERCENT
from api_platform.labels import platform_metadata
from api_platform.service import PROXY_RESOURCES, Cpu, Memory

_OBJECT_HEADROOM = 2
"""So many times the objects of today: a service can be moved to a new name without touching the quota."""


def resource_quota(scope: Construct, platform: PlatformContext) -> k8s.KubeResourceQuota:
    """Create the quota: room for every workload at its maximum, in the middle of a rollout, proxies included."""
    cpu = sum((_request(size)[0] * _pods(size) for size in platform.sizes), Cpu(0))
    memory = sum((_request(size)[1] * _pods(size) for size in platform.sizes), Memory(0))
    objects = str(_OBJECT_HEADROOM * len(platform.sizes))
    hard = {
        "requests.cpu": str(cpu),
        "requests.memory": str(memory),
        "pods": str(sum(_pods(size) for size in platform.sizes)),
        "count/deployments.apps": objects,
        "count/services": objects,
        "services.loadbalancers": "0",
        "services.nodeports": "0",
    }
    return k8s.KubeResourceQuota(
        scope,
        "resource-quota",
        metadata=platform_metadata("services", names.namespace_name(platform.environment)),
        spec=k8s.ResourceQuotaSpec(hard={key: k8s.Quantity.from_string(value) for key, value in hard.items()}),
    )


def _request(size: Size) -> tuple[Cpu, Memory]:
    resources = size.resources
    return resources.cpu + PROXY_RESOURCES.cpu, resources.memory + PROXY_RESOURCES.memory


def _pods(size: Size) -> int:
    """Return how many pods there may be: the maximum, the surge, and all old ones while they still terminate."""
    return size.maximum + math.ceil(size.maximum * SURGE_PERCENT / 100) + size.maximum
