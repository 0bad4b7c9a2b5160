"""A pod's volumes can be filled to their size before the pod is evicted for the disk it uses."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.pods import main_container, parse_memory, pod
from api_platform.rules.values import at, rows, table
from api_platform.service import Memory, Service

RULE = rule_name(__name__)


def volumes_fit_the_disk_limit(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse `emptyDir` volumes that are larger together than `ephemeral-storage`, or have no size at all.

    The kubelet counts them against the limit: a scratch volume that the limit does not hold is never usable whole.
    """
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        volumes = [table(one, "emptyDir") for one in rows(pod(deployment), "volumes") if "emptyDir" in one]
        sizes = [parse_memory(at(one, "sizeLimit")) for one in volumes if at(one, "medium") != "Memory"]
        limit = parse_memory(at(main_container(deployment), "resources", "limits", "ephemeral-storage"))
        total = None if None in sizes else sum((size for size in sizes if size), Memory(0))
        if total is None or limit is None or total > limit:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"volumes of {total or 'any size'}, ephemeral-storage limit {limit or 'missing'}",
                    "The container's ephemeral-storage limit holds all of its emptyDir volumes, and each has a size.",
                    "Raise resources.ephemeral_storage above scratch and /tmp together, or lower scratch.",
                )
            )
    return findings
