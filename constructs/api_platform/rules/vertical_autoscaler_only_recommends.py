"""Beside a horizontal autoscaler on CPU or memory, a vertical one only recommends."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import by_deployment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, namespace, title
from api_platform.rules.values import rows, text
from api_platform.service import Service

RULE = rule_name(__name__)
_PROXY = "istio-proxy"


def vertical_autoscaler_only_recommends(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a VerticalPodAutoscaler that acts where replicas follow CPU or memory, or that touches the proxy.

    It would change the requests that the horizontal one takes its shares of: the two chase each other. A mode left out
    means that it acts.
    """
    scaled = by_deployment(objects)
    findings = []
    for vertical in objects.of_kind("VerticalPodAutoscaler"):
        target = text(vertical, "spec", "targetRef", "name")
        measured = {one.resource for owner in scaled.get((namespace(vertical), target), []) for one in owner.targets}
        mode = text(vertical, "spec", "updatePolicy", "updateMode") or "left out"
        if measured and mode != "Off":
            findings.append(
                _finding(objects, vertical, f"updateMode {mode}", f"is Off where replicas follow {_and(measured)}")
            )
        if _proxy_mode(vertical) != "Off":
            findings.append(
                _finding(objects, vertical, f"{_PROXY} mode {_proxy_mode(vertical)}", "leaves the proxy to the mesh")
            )
        if objects.find("Deployment", namespace(vertical), target) is None:
            findings.append(
                _finding(objects, vertical, f"targets {target!r}, which is not here", "looks at a rendered Deployment")
            )
    return findings


def _proxy_mode(vertical: Manifest) -> str:
    """Return the mode that holds for the proxy: its own, else that of all containers, else the default."""
    policies = rows(vertical, "spec", "resourcePolicy", "containerPolicies")
    modes = {text(one, "containerName"): text(one, "mode") or "Auto" for one in policies}
    return modes.get(_PROXY, modes.get("*", "Auto"))


def _finding(objects: Objects, vertical: Manifest, value: str, demand: str) -> Finding:
    return Finding(
        RULE,
        objects.subject(vertical),
        f"{title(vertical)}: {value}",
        f"A VerticalPodAutoscaler {demand}.",
        'Render it with updateMode "Off", and with mode "Off" for istio-proxy.',
    )


def _and(resources: set[str]) -> str:
    return " and ".join(sorted(resources))
