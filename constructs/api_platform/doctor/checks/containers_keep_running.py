"""Containers run on: they are neither killed for memory nor end by themselves, again and again."""

from collections.abc import Mapping
from typing import Any, Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, container_statuses, for_long, newest_event, waiting
from api_platform.doctor.observation import Observation
from api_platform.doctor.pod_trouble import PodTrouble, diagnose_pods
from api_platform.rules.finding import Manifest
from api_platform.rules.values import rows, table, text, whole
from api_platform.service import Workload

CHECK = check_name(__name__)
_OUT_OF_MEMORY: Final = "OOMKilled"
_RECENT_SECONDS: Final = 3600
"""So long a container that runs again is not taken for healed."""


def containers_keep_running(seen: Observation) -> list[Diagnosis]:
    """Find containers whose last end was a failure, and that wait to be started again or ended within the hour."""

    def trouble(workload: Workload, pod: Manifest) -> PodTrouble | None:
        for container in container_statuses(pod):
            end = _last_end(container)
            if end and _matters(seen, container, end):
                return _trouble(seen, workload, pod, container)
        return None

    return diagnose_pods(CHECK, seen, trouble)


def _last_end(container: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return how it ended last, if that was a failure."""
    end = table(container, "state", "terminated") or table(container, "lastState", "terminated")
    return end if whole(end, "exitCode") else {}


def _matters(seen: Observation, container: Mapping[str, Any], end: Mapping[str, Any]) -> bool:
    runs = bool(table(container, "state", "running"))
    return not runs or age(seen, text(end, "finishedAt")) < _RECENT_SECONDS


def _trouble(seen: Observation, workload: Workload, pod: Manifest, container: Mapping[str, Any]) -> PodTrouble:
    end, called = _last_end(container), text(container, "name")
    count = whole(container, "restartCount") or 0
    restarts = f"restarted {count} {'time' if count == 1 else 'times'}"
    last = f"{restarts}, last ended {for_long(age(seen, text(end, 'finishedAt')))} ago"
    state = text(waiting(container), "reason")
    last += f", waits now ({state})" if state else ""
    if text(end, "reason") == _OUT_OF_MEMORY:
        limit = _memory_limit(pod, called)
        return PodTrouble(
            f"container {called} is killed for memory, and restarts",
            f"It took more than its limit{f' of {limit}' if limit else ''}: {last}.",
            f"Raise memory_limit (and memory) in the spec of {workload.name}, or find what holds on to memory.",
        )
    probe = newest_event(seen, pod, "Unhealthy")
    return PodTrouble(
        f"container {called} ends with exit code {whole(end, 'exitCode')}, and restarts",
        f"{last[0].upper()}{last[1:]}.{f' {probe}' if probe else ''}",
        "Read what it said before it ended. After a release: deploy the tag from before.",
        f"logs --previous -c {called}",
    )


def _memory_limit(pod: Manifest, called: str) -> str:
    containers = [*rows(pod, "spec", "containers"), *rows(pod, "spec", "initContainers")]
    found = next((one for one in containers if text(one, "name") == called), {})
    return text(found, "resources", "limits", "memory")
