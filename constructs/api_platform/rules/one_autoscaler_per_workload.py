"""Exactly one autoscaler owns a workload's replicas, and nothing else sets them."""

from collections import Counter
from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.autoscalers import Autoscaler, autoscalers, by_deployment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import at
from api_platform.service import Service

RULE = rule_name(__name__)


def one_autoscaler_per_workload(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a workload that nothing scales, that two scale, or whose manifest says `replicas`.

    Two autoscalers on one target undo each other's work; an apply with `replicas` resets a scaled service.
    """
    scaled = by_deployment(objects)
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        owners = scaled.get((namespace(deployment), name(deployment)), [])
        if len(owners) != 1:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"scaled by {' and '.join(title(one.manifest) for one in owners) or 'nothing'}",
                    "Exactly one HorizontalPodAutoscaler or ScaledObject scales a workload.",
                    "Give it UtilizationScaling or QueueScaling, and render the one that belongs to it.",
                )
            )
        if owners and at(deployment, "spec", "replicas") is not None:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"its Deployment sets replicas {at(deployment, 'spec', 'replicas')}",
                    "A Deployment that is scaled says nothing of replicas: each apply would reset them.",
                    "Take spec.replicas out of the Deployment.",
                )
            )
    return [*findings, *_aimless(objects), *_same_name(objects)]


def _aimless(objects: Objects) -> list[Finding]:
    return [
        Finding(
            RULE,
            objects.subject(one.manifest),
            f"{title(one.manifest)} scales {one.kind or 'no kind'} {one.target or 'without a name'}, which is not here",
            "An autoscaler's target is rendered beside it.",
            "Name the workload's Deployment in scaleTargetRef.",
        )
        for one in autoscalers(objects)
        if objects.find(one.kind, one.namespace, one.target) is None
    ]


def _same_name(objects: Objects) -> list[Finding]:
    """Find ScaledObjects whose HorizontalPodAutoscaler has a name that is taken: KEDA would seize the other one."""
    everyone = autoscalers(objects)
    times = Counter(_horizontal(one) for one in everyone)
    return [
        Finding(
            RULE,
            objects.subject(one.manifest),
            f"{title(one.manifest)} makes HorizontalPodAutoscaler/{one.horizontal_pod_autoscaler}, "
            f"one of {times[_horizontal(one)]}",
            "Each autoscaler has a HorizontalPodAutoscaler of its own name.",
            "Let horizontalPodAutoscalerConfig.name be the workload's own name.",
        )
        for one in everyone
        if one.manifest["kind"] == "ScaledObject" and times[_horizontal(one)] > 1
    ]


def _horizontal(one: Autoscaler) -> tuple[str | None, str]:
    return one.namespace, one.horizontal_pod_autoscaler
