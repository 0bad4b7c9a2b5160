"""Alerts for a part of the ground that is gone, or that nobody looks at."""

from api_platform.observability import series
from api_platform.observability.alert import Alert
from api_platform.observability.component import GroundComponent

_AVAILABLE = "kube_deployment_status_replicas_available"


def component_unavailable(component: GroundComponent) -> Alert:
    """Return the alert: no pod of it is available, or its Deployment is not there while others are seen."""
    available = series.deployment(_AVAILABLE, component)
    return Alert(
        name="ComponentUnavailable",
        severity=component.severity,
        expression=f"max({available}) == 0\nor\n0 * max(absent({available})) and on () count({_AVAILABLE})",
        for_minutes=2 if component.severity == "critical" else 10,
        summary=f"{component.name} in {component.namespace}: {{{{ $value }}}} replicas are available",
        description=component.serves,
    )


def component_unseen(component: GroundComponent) -> Alert:
    """Return the alert: Prometheus scrapes nothing of it, so that every other alert about it is silent for ever."""
    target = series.select("up", namespace=component.namespace)
    return Alert(
        name="ComponentUnseen",
        severity="warning",
        expression=f"0 * max(absent({target} == 1)) and on () count(up)",
        for_minutes=30,
        summary=f"{component.name} in {component.namespace}: {{{{ $value }}}} of its targets are scraped",
        description="Its monitor is missing, or finds nothing. What is told of it by its own metrics is not told now.",
    )
