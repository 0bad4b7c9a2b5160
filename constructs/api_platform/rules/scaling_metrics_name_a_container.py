"""What an autoscaler measures exists: a container of the target, with a request to take the share of."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import Autoscaler, Target, autoscalers
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.rules.pods import containers
from api_platform.rules.values import table, text
from api_platform.service import Service

RULE = rule_name(__name__)


def scaling_metrics_name_a_container(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a metric of the whole pod, of a container that is not there, or of one without a request.

    Each is accepted by the API server. The pod's average counts the proxy, which idles; and an autoscaler that cannot
    read a metric does not scale in, and says so only in its events.
    """
    return [
        Finding(
            RULE,
            objects.subject(one.manifest),
            f"{title(one.manifest)}: {target.resource} of {fault}",
            "Each CPU and memory metric is of one container of the target, and that container requests the resource.",
            "Name the workload's own container in the metric, and give it requests.",
        )
        for one in autoscalers(objects)
        for target in one.targets
        if (fault := _fault(target, _deployment(objects, one)))
    ]


def _deployment(objects: Objects, one: Autoscaler) -> Manifest:
    return objects.find("Deployment", one.namespace, one.target) or {}


def _fault(target: Target, deployment: Manifest) -> str:
    if not target.container:
        return "the pod's average"
    container = next((one for one in containers(deployment) if text(one, "name") == target.container), None)
    if container is None:
        return f"container {target.container!r}, which is not in the pod"
    if target.resource not in table(container, "resources", "requests"):
        return f"container {target.container!r}, which requests none"
    return ""
