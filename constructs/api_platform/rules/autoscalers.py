"""Reads the two kinds of autoscaler alike: HorizontalPodAutoscaler, and KEDA's ScaledObject, which makes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects, name, namespace
from api_platform.rules.values import rows, table, text, whole

_RESOURCES = ("cpu", "memory")


@dataclass(frozen=True)
class Target:
    """By what an autoscaler measures a resource's use."""

    resource: str
    """cpu or memory."""
    container: str
    """The container that is measured; empty where it is the pod's average."""
    percent: int | None
    """Of the request; None where the target is not a share of it."""


@dataclass(frozen=True)
class Autoscaler:
    """One rendered autoscaler."""

    manifest: Manifest
    namespace: str | None
    kind: str
    """Of what it scales."""
    target: str
    """Name of what it scales."""
    horizontal_pod_autoscaler: str
    """Name of the HorizontalPodAutoscaler: its own, or the one that KEDA makes of it."""
    minimum: int
    maximum: int
    targets: tuple[Target, ...]

    def percent(self, resource: str) -> int | None:
        """Return the target for the resource, in percent of its request."""
        return next((one.percent for one in self.targets if one.resource == resource), None)


Autoscalers = Mapping[tuple[str | None, str], list[Autoscaler]]
"""Namespace and name of a Deployment -> what scales it."""


@lru_cache(maxsize=1)  # a dozen rules ask, one after another
def autoscalers(objects: Objects) -> tuple[Autoscaler, ...]:
    """Return all autoscalers."""
    return (
        *(_horizontal(one) for one in objects.of_kind("HorizontalPodAutoscaler")),
        *(_scaled_object(one) for one in objects.of_kind("ScaledObject")),
    )


def by_deployment(objects: Objects) -> Autoscalers:
    """Return what scales each Deployment."""
    found: dict[tuple[str | None, str], list[Autoscaler]] = {}
    for one in autoscalers(objects):
        if one.kind == "Deployment":
            found.setdefault((one.namespace, one.target), []).append(one)
    return found


def replicas(found: Autoscalers, deployment: Manifest) -> tuple[int, int]:
    """Return how many replicas the Deployment has at the least and at the most."""
    scaled = found.get((namespace(deployment), name(deployment)))
    if scaled:
        return min(one.minimum for one in scaled), max(one.maximum for one in scaled)
    fixed = whole(deployment, "spec", "replicas")
    return (1, 1) if fixed is None else (fixed, fixed)


def _horizontal(manifest: Manifest) -> Autoscaler:
    minimum = whole(manifest, "spec", "minReplicas")
    return Autoscaler(
        manifest,
        namespace(manifest),
        text(manifest, "spec", "scaleTargetRef", "kind"),
        text(manifest, "spec", "scaleTargetRef", "name"),
        name(manifest),
        1 if minimum is None else minimum,
        whole(manifest, "spec", "maxReplicas") or 0,
        tuple(_metric(one) for one in rows(manifest, "spec", "metrics") if text(one, "type").endswith("Resource")),
    )


def _metric(metric: Manifest) -> Target:
    source = table(metric, "containerResource") or table(metric, "resource")
    return Target(text(source, "name"), text(source, "container"), whole(source, "target", "averageUtilization"))


def _scaled_object(manifest: Manifest) -> Autoscaler:
    """Read a ScaledObject; what it leaves out has KEDA's defaults."""
    configuration = table(manifest, "spec", "advanced", "horizontalPodAutoscalerConfig")
    maximum = whole(manifest, "spec", "maxReplicaCount")
    return Autoscaler(
        manifest,
        namespace(manifest),
        text(manifest, "spec", "scaleTargetRef", "kind") or "Deployment",
        text(manifest, "spec", "scaleTargetRef", "name"),
        text(configuration, "name") or f"keda-hpa-{name(manifest)}",
        whole(manifest, "spec", "minReplicaCount") or 0,
        100 if maximum is None else maximum,
        tuple(_trigger(one) for one in rows(manifest, "spec", "triggers") if text(one, "type") in _RESOURCES),
    )


def _trigger(trigger: Manifest) -> Target:
    share = text(trigger, "metricType") == "Utilization"
    return Target(
        text(trigger, "type"),
        text(trigger, "metadata", "containerName"),
        whole(trigger, "metadata", "value") if share else None,
    )
