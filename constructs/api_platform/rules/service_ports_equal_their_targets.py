"""A Service's port is its container's: same number, same name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.rules.pods import containers
from api_platform.rules.values import at, rows, text, whole
from api_platform.service import Service

RULE = rule_name(__name__)


def service_ports_equal_their_targets(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a port that is renumbered or renamed on its way, that has no name, or that no container opens.

    The VPC CNI's network policies see the Service's port where they mean the container's; ServiceMonitors and the mesh
    (which takes the protocol from it) go by the name.
    """
    return [
        Finding(
            RULE,
            objects.subject(service),
            f"{title(service)} port {text(port, 'name') or 'without a name'}: {fault}",
            "A Service's port has the number and the name of a container's port.",
            "Give port, targetPort and name as the container has them.",
        )
        for service in objects.of_kind("Service")
        for deployment in objects.selected_by(service)
        for port in rows(service, "spec", "ports")
        for fault in _faults(port, deployment)
    ]


def _faults(port: Mapping[str, Any], deployment: Manifest) -> Iterator[str]:
    opened = {
        text(one, "name"): whole(one, "containerPort")
        for container in containers(deployment)
        for one in rows(container, "ports")
    }
    number, label, target = whole(port, "port"), text(port, "name"), at(port, "targetPort")
    reached = opened.get(target) if isinstance(target, str) else whole({"port": target}, "port")
    if target is not None and reached != number:
        yield f"{number} leads to {target}"
    elif number not in opened.values():
        yield f"no container opens {number}"
    if opened.get(label) != number:
        yield f"the container has no port {number} of that name"
