"""Every workload has all the objects that a workload has."""

from collections.abc import Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.service import Service, Workload

RULE = rule_name(__name__)
_ALWAYS = (
    "ConfigMap",
    "Deployment",
    "NetworkPolicy",
    "PeerAuthentication",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
    "ServiceMonitor",
    "Sidecar",
)
_WHEN_CALLED = ("DestinationRule", "VirtualService")


def every_workload_is_complete(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a workload without one of its objects: the other rules judge what is there, this one what is not.

    Without a DestinationRule, say, all goes well until the day on which the circuit breaker is needed.
    """
    here = names.namespace_name(environment)
    return [
        Finding(
            RULE,
            workload.name,
            f"has no {kind}",
            f"A workload has one each of {', '.join(_kinds(workload))}, all of its own name.",
            "Render it in charts/service_chart.py.",
        )
        for service in services
        for workload in service.workloads
        for kind in _kinds(workload)
        if objects.find(kind, here, workload.name) is None
    ]


def _kinds(workload: Workload) -> tuple[str, ...]:
    return (*_ALWAYS, *_WHEN_CALLED) if workload.exposure else _ALWAYS
