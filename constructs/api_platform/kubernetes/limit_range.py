"""What a single container may ask for, and what it gets when it does not ask."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.context import PlatformContext
from api_platform.labels import platform_metadata
from api_platform.service import PROXY_RESOURCES


def limit_range(scope: Construct, platform: PlatformContext) -> k8s.KubeLimitRange:
    """Create the limits: the maximum is the largest spec's, and never below the proxy's, or no pod could start."""
    resources = [PROXY_RESOURCES, *(size.resources for size in platform.sizes)]
    return k8s.KubeLimitRange(
        scope,
        "limit-range",
        metadata=platform_metadata("containers", names.namespace_name(platform.environment)),
        spec=k8s.LimitRangeSpec(
            limits=[
                k8s.LimitRangeItem(
                    type="Container",
                    default_request=_quantities(PROXY_RESOURCES.cpu, PROXY_RESOURCES.memory),
                    default=_quantities(PROXY_RESOURCES.cpu_limit, PROXY_RESOURCES.memory_limit),
                    max=_quantities(
                        max(one.cpu_limit for one in resources), max(one.memory_limit for one in resources)
                    ),
                )
            ]
        ),
    )


def _quantities(cpu: object, memory: object) -> dict[str, k8s.Quantity]:
    return {"cpu": k8s.Quantity.from_string(str(cpu)), "memory": k8s.Quantity.from_string(str(memory))}
