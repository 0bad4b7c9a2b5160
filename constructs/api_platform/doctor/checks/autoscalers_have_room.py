"""No autoscaler stands at its maximum while it would want more."""

from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, condition, for_long, holds
from api_platform.doctor.observation import Observation, QueueState
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import title
from api_platform.rules.values import text, whole
from api_platform.service import QueueScaling, Workload

CHECK = check_name(__name__)
_WANTS_MORE: Final = "TooManyReplicas"


def autoscalers_have_room(seen: Observation) -> list[Diagnosis]:
    """Find autoscalers that would go beyond their maximum; not where the queue is being worked off all the same."""
    found = []
    for _, workload in seen.workloads():
        autoscaler = seen.objects.find("HorizontalPodAutoscaler", seen.namespace, workload.name) or {}
        limited = condition(autoscaler, "ScalingLimited")
        if not holds(autoscaler, "ScalingLimited") or text(limited, "reason") != _WANTS_MORE:
            continue
        queue = seen.aws.queues.get(workload.name) if seen.aws else None
        if queue and queue.shrinks:
            continue
        maximum = whole(autoscaler, "spec", "maxReplicas") or 0
        pods = "pod" if maximum == 1 else "pods"
        since = for_long(age(seen, text(limited, "lastTransitionTime")))
        why = f"For {since} it would want more. {_load(workload, autoscaler, queue)}"
        found.append(
            Diagnosis(
                CHECK,
                workload.name,
                title(autoscaler),
                f"it is at its maximum, {maximum} {pods}, and that is not enough",
                why,
                seen.kubectl(f"describe hpa {workload.name}"),
                f"Raise [replicas.{workload.name}] maximum in environments/{seen.environment.name}.toml, if nodes and "
                "database bear it; or lower what comes in.",
            )
        )
    return found


def _load(workload: Workload, autoscaler: Manifest, queue: QueueState | None) -> str:
    """Return by what it would: its queue's depth where that is known."""
    scaling = workload.scaling
    if queue is None or not isinstance(scaling, QueueScaling):
        return f"{text(condition(autoscaler, 'ScalingActive'), 'message')}."
    grown = "" if queue.earlier is None else f", {queue.messages - queue.earlier:+} in {queue.seconds:.0f} s"
    return f"Its queue holds {queue.messages} messages{grown}; a pod is wanted for every {scaling.messages_per_pod}."
