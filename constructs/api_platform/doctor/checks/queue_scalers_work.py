"""KEDA reads every queue, and nobody has paused it."""

from typing import Final

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import condition, holds, is_new, newest_event, reason
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, title
from api_platform.rules.values import table, text

CHECK = check_name(__name__)
_PAUSES: Final = ("autoscaling.keda.sh/paused-replicas", "autoscaling.keda.sh/paused")
_FAILED: Final = ("KEDAScalerFailed", "KEDAMetricSourceFailed")
_OPERATOR_LOG: Final = f"logs deployment/{names.KEDA_OPERATOR}"


def queue_scalers_work(seen: Observation) -> list[Diagnosis]:
    """Find ScaledObjects that are paused, that KEDA refuses, or whose queue it cannot read."""
    found = []
    for _, workload in seen.workloads():
        scaled = seen.objects.find("ScaledObject", seen.namespace, workload.name)
        if scaled is not None and (wrong := _wrong(seen, scaled)):
            what, why, remedy = wrong
            command = seen.kubectl(f"describe scaledobject {workload.name}")
            found.append(Diagnosis(CHECK, workload.name, title(scaled), what, why, command, remedy))
    return found


def _wrong(seen: Observation, scaled: Manifest) -> tuple[str, str, str] | None:
    """Return what is wrong, why, and the way out: the first, since one follows from another. None where it is well."""
    annotations = table(scaled, "metadata", "annotations")
    pauses = [key for key in _PAUSES if key in annotations]
    if pauses or holds(scaled, "Paused"):
        why = ", ".join(f"{key}: {annotations[key]}" for key in pauses) or reason(condition(scaled, "Paused"))
        undo = " ".join(f"{key}-" for key in pauses or _PAUSES)
        return (
            "it is paused: replicas do not follow the queue",
            why or "KEDA says so.",
            f"When the reason is over: {seen.kubectl(f'annotate scaledobject {name(scaled)} {undo}')}",
        )
    log = seen.kubectl(_OPERATOR_LOG, names.KEDA_NAMESPACE)
    ready = holds(scaled, "Ready")
    if ready is None and is_new(seen, scaled):
        return None
    if not ready:
        return (
            "KEDA does not scale by it",
            newest_event(seen, scaled) or reason(condition(scaled, "Ready")) or "KEDA has said nothing of it.",
            f"Mend what it names; KEDA's operator tries again. Its log: {log}",
        )
    failing = _failing(scaled)
    if holds(scaled, "Fallback") or failing:
        return (
            "KEDA cannot read its queue, and keeps the replicas that are there",
            newest_event(seen, scaled, *_FAILED)
            or failing
            or reason(condition(scaled, "Fallback"))
            or "It says no more.",
            f"Look whether the queue is there, and KEDA's role may read it. Its log: {log}",
        )
    return None


def _failing(scaled: Manifest) -> str:
    """Return which metric KEDA cannot get; empty where it gets all."""
    health = table(scaled, "status", "health")
    return next((f"{metric} fails." for metric, state in health.items() if text(state, "status") == "Failing"), "")
