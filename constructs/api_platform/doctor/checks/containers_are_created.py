"""Containers can be created: their volumes mount, their Secrets and ConfigMaps are there."""

from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import container_statuses, newest_event, reason, waiting
from api_platform.doctor.observation import Observation
from api_platform.doctor.pod_trouble import PodTrouble, diagnose_pods
from api_platform.rules.finding import Manifest
from api_platform.rules.values import text
from api_platform.service import Workload

CHECK = check_name(__name__)
_REASONS: Final = frozenset({"CreateContainerConfigError", "CreateContainerError", "RunContainerError"})
_NOT_YET: Final = frozenset({"ContainerCreating", "PodInitializing"})
"""A pod waits so also when all is well, for a moment: only an event tells."""
_EVENTS: Final = ("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox")


def containers_are_created(seen: Observation) -> list[Diagnosis]:
    """Find pods that have a node, and whose containers are not created."""

    def trouble(_: Workload, pod: Manifest) -> PodTrouble | None:
        for container in container_statuses(pod):
            state = text(waiting(container), "reason")
            cause = reason(waiting(container)) if state in _REASONS else ""
            if state in _NOT_YET:
                cause = newest_event(seen, pod, *_EVENTS)
            if cause:
                return PodTrouble(f"container {text(container, 'name')} cannot be created", cause, _remedy(seen, cause))
        return None

    return diagnose_pods(CHECK, seen, trouble)


def _remedy(seen: Observation, cause: str) -> str:
    told = cause.lower()
    if "secret" in told:
        return (
            "Secrets come from Secrets Manager: see why, by "
            f"`{seen.kubectl('get externalsecrets,secretstores')}`, and that {seen.environment.name}/<secret> is there."
        )
    if "configmap" in told:
        return "Deploy the service again: its ConfigMap is in its own stack."
    return "Mend what the event names; the kubelet tries again by itself."
