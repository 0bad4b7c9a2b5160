"""Pods whose containers run become ready, and stay so."""

from collections.abc import Mapping
from typing import Any, Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, condition, container_statuses, for_long, holds, newest_event, started
from api_platform.doctor.observation import Observation
from api_platform.doctor.pod_trouble import PodTrouble, diagnose_pods
from api_platform.rules.finding import Manifest
from api_platform.rules.rollouts import probe_seconds
from api_platform.rules.values import rows, table, text
from api_platform.service import Workload

CHECK = check_name(__name__)
_UNREADY_SECONDS: Final = 60.0
"""So long a pod that was ready may be unready: it is busy, or a probe was slow."""


def pods_become_ready(seen: Observation) -> list[Diagnosis]:
    """Find running pods that are unready for longer than their startup probe allows."""

    def trouble(_: Workload, pod: Manifest) -> PodTrouble | None:
        if not _runs(pod) or holds(pod, "Ready") is not False:
            return None
        up = age(seen, *started(pod))
        since = min(up, age(seen, text(condition(pod, "Ready"), "lastTransitionTime")))
        was_up = all(table(one, "state").get("running") and one.get("started") for one in _main(pod))
        if since <= (_UNREADY_SECONDS if was_up else _startup_seconds(pod)):
            return None
        cause = newest_event(seen, pod, "Unhealthy") or text(condition(pod, "Ready"), "message")
        return PodTrouble(
            f"its containers run, and it {'is not ready any more' if was_up else 'never becomes ready'}",
            f"For {for_long(since)}: {cause or 'nobody has said why'}",
            "Ask the probe's path inside the pod, and read its log. After a release: deploy the tag from before.",
        )

    return diagnose_pods(CHECK, seen, trouble)


def _runs(pod: Manifest) -> bool:
    """Whether all containers run: what waits or has ended is told by other checks."""
    return text(pod, "status", "phase") == "Running" and all(table(one, "state", "running") for one in _main(pod))


def _main(pod: Manifest) -> list[Mapping[str, Any]]:
    init = {text(one, "name") for one in rows(pod, "status", "initContainerStatuses")}
    return [one for one in container_statuses(pod) if text(one, "name") not in init]


def _startup_seconds(pod: Manifest) -> float:
    """Return how long the slowest container may take to start."""
    probes = [table(one, "startupProbe") for one in rows(pod, "spec", "containers")]
    return max((probe_seconds(probe) for probe in probes if probe), default=_UNREADY_SECONDS)
