"""The pods of the Helm releases, as their values say: number, requests, priority. The twin runs no others of them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from api_platform.aws.availability import Component
from api_platform.aws.helm_release import HelmRelease
from api_platform.rules.finding import Manifest

MARK: Final = {"proof.api-platform/pressure": "yes"}
"""The label of all that the scenario makes."""
_NAME: Final = "proof.api-platform/component"
_SECURITY: Final = {
    "runAsNonRoot": True,
    "runAsUser": 1000,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
"""What the strictest namespace asks for; the charts' own pods are held against it elsewhere."""


def ground(releases: Sequence[HelmRelease], *, with_priority: bool) -> Iterator[Manifest]:
    """Yield a Deployment, or a DaemonSet, for each kind of pod. Without priority: as charts leave it."""
    for release in releases:
        for component in release.components:
            priority = component.priority if with_priority else None
            yield _workload(release, component, priority)


def _workload(release: HelmRelease, component: Component, priority: str | None) -> Manifest:
    name = f"pressure-{release.name}-{component.name}".lower()
    labels = {**MARK, _NAME: name}
    pod: dict[str, Any] = {
        "containers": [{"name": "it", "image": "none", "resources": component.resources, "securityContext": _SECURITY}],
        "terminationGracePeriodSeconds": 1,
    }
    pod |= {"priorityClassName": priority} if priority else {}
    pod |= {"tolerations": [{"operator": "Exists"}]} if component.per_node else {}
    spec: dict[str, Any] = {
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": pod},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet" if component.per_node else "Deployment",
        "metadata": {"name": name, "namespace": release.namespace, "labels": labels},
        "spec": spec if component.per_node else {**spec, "replicas": component.replicas},
    }


def more_of(deployment: Manifest, replicas: int) -> Manifest:
    """Return a Deployment of so many pods that are like another one's, beside it: nobody's autoscaler knows it."""
    name = f"pressure-{deployment['metadata']['name']}"
    template = deployment["spec"]["template"]
    labels = {**MARK, _NAME: name}
    spread = [{**one, "labelSelector": {"matchLabels": labels}} for one in _spread(template)]
    pod = {**template["spec"], "topologySpreadConstraints": spread, "affinity": None}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": deployment["metadata"]["namespace"], "labels": labels},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": pod},
        },
    }


def _spread(template: Manifest) -> list[Manifest]:
    """Return its wishes to spread. What it demands would keep pods from full zones, and nobody would be evicted."""
    found = template["spec"].get("topologySpreadConstraints", ())
    return [one for one in found if one["whenUnsatisfiable"] == "ScheduleAnyway"]
