"""Every autoscaler gets the figures that it scales by."""

from typing import Final

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, condition, holds, reason
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import PLATFORM, Manifest
from api_platform.rules.objects import title
from api_platform.rules.values import text
from api_platform.service import Workload

CHECK = check_name(__name__)
_SERVER_AWAY: Final = "unable to handle the request"
_PATIENCE_SECONDS: Final = 60.0
"""So long the first figures of new pods may take: metrics-server asks every 15 s, and needs two answers."""


def autoscalers_have_metrics(seen: Observation) -> list[Diagnosis]:
    """Find autoscalers that stand still for a minute: without figures, or with something that cannot be scaled."""
    blind = [
        (workload, autoscaler)
        for _, workload in seen.workloads()
        if (autoscaler := seen.objects.find("HorizontalPodAutoscaler", seen.namespace, workload.name)) is not None
        and age(seen, text(_fault(autoscaler), "lastTransitionTime")) > _PATIENCE_SECONDS
    ]
    away = [autoscaler for _, autoscaler in blind if _SERVER_AWAY in text(_fault(autoscaler), "message")]
    if len(blind) > 1 and len(away) == len(blind):
        return [_server_is_away(seen, away)]
    return [_diagnosis(seen, workload, autoscaler) for workload, autoscaler in blind]


def _diagnosis(seen: Observation, workload: Workload, autoscaler: Manifest) -> Diagnosis:
    fault = _fault(autoscaler)
    what = "it has no figures to scale by, and stands still"
    remedy = (
        "Look whether the metrics are there: `kubectl top pods` for CPU and memory, KEDA's operator for a queue; and "
        "that the autoscaler names a container that the pods have."
    )
    if text(fault, "reason") == "ScalingDisabled":
        what = "it stands still, since the Deployment has no replicas"
        remedy = (
            f"Give it one, and the autoscaler goes on: {seen.kubectl(f'scale deployment/{workload.name} --replicas=1')}"
        )
    elif text(fault, "type") == "AbleToScale":
        what = "it cannot scale its Deployment"
        remedy = "Mend what its condition names."
    command = seen.kubectl(f"describe hpa {workload.name}")
    return Diagnosis(CHECK, workload.name, title(autoscaler), what, reason(fault), command, remedy)


def _server_is_away(seen: Observation, blind: list[Manifest]) -> Diagnosis:
    return Diagnosis(
        CHECK,
        PLATFORM,
        "APIService/v1beta1.metrics.k8s.io",
        f"all {len(blind)} autoscalers have no figures to scale by, and stand still",
        reason(_fault(blind[0])),
        seen.kubectl("get apiservice v1beta1.metrics.k8s.io v1beta1.external.metrics.k8s.io", ""),
        f"Bring metrics-server (kube-system) and KEDA's metrics adapter ({names.KEDA_NAMESPACE}) back.",
    )


def _fault(autoscaler: Manifest) -> Manifest:
    """Return the condition that says why it stands still."""
    kinds = ("AbleToScale", "ScalingActive")
    return next((condition(autoscaler, kind) for kind in kinds if holds(autoscaler, kind) is False), {})
