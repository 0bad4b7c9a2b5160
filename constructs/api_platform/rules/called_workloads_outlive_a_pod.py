"""In production, a workload that is called has a second pod that answers when one goes."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.service import Service

RULE = rule_name(__name__)
_LEAST = 2


def called_workloads_outlive_a_pod(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a single replica of anything that answers requests: with its node or zone goes the service.

    Workers may have one: their queue waits for them. Other environments may, too.
    """
    scaled = by_deployment(objects)
    return [
        Finding(
            RULE,
            workload.name,
            f"minimum of {minimum} in {environment.name}",
            f"A workload that is called has at least {_LEAST} replicas in production, in different zones.",
            f"Raise scaling.minimum to {_LEAST}.",
        )
        for workload, deployment in objects.deployments(environment, services)
        if workload.exposure and environment.choose(development=False, staging=False, production=True)
        for minimum, _ in [replicas(scaled, deployment)]
        if minimum < _LEAST
    ]
