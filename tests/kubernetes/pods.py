"""What a workload's Deployment comes to, and the parts of it that a test looks at."""

from typing import Any

from api_platform.call_graph import build_call_graph
from api_platform.environment import Environment
from api_platform.kubernetes.deployment import deployment
from api_platform.service import QueueConsumer, QueueScaling, Workload
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context


def a_worker(**changes: Any) -> Workload:
    """Return a workload named `parcels` that empties a queue and that nobody calls."""
    facts: dict[str, Any] = {
        "name": "parcels",
        "exposure": None,
        "scaling": QueueScaling(minimum=2, maximum=20, messages_per_pod=10),
        "uses": (QueueConsumer(longest_job_seconds=900),),
    }
    return a_workload(**{**facts, **changes})


def deployment_of(workload: Workload, environment: Environment | None = None) -> Manifest:
    """Return the Deployment of the only workload of a service."""
    service = a_service(workload)
    graph = build_call_graph([service])
    return object_of(
        lambda chart: deployment(chart, in_context(environment or an_environment(), service, workload, graph))
    )


def pod_of(workload: Workload, environment: Environment | None = None) -> dict[str, Any]:
    """Return the spec of its pods."""
    pod: dict[str, Any] = deployment_of(workload, environment)["spec"]["template"]["spec"]
    return pod


def container_of(workload: Workload, environment: Environment | None = None) -> dict[str, Any]:
    """Return the pods' only container."""
    (container,) = pod_of(workload, environment)["containers"]
    return dict(container)
