"""Says once what ails several pods of a workload alike."""

from collections.abc import Callable
from dataclasses import dataclass

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.live import pods
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, title
from api_platform.service import Workload


@dataclass(frozen=True)
class PodTrouble:
    """What ails one pod."""

    what: str
    """Also what tells one trouble from another: no pod's name, no times."""
    why: str
    remedy: str
    command: str = "describe pod"
    """Words of kubectl, before the pod's name."""


def diagnose_pods(
    check: str, seen: Observation, trouble_of: Callable[[Workload, Manifest], PodTrouble | None]
) -> list[Diagnosis]:
    """Return one diagnosis for each trouble of each workload's pods, told by the first pod that has it."""
    found = []
    for workload, deployment in seen.deployments():
        all_pods = pods(seen, deployment)
        troubles: dict[str, list[tuple[Manifest, PodTrouble]]] = {}
        for pod in all_pods:
            if trouble := trouble_of(workload, pod):
                troubles.setdefault(trouble.what, []).append((pod, trouble))
        for same in troubles.values():
            pod, trouble = same[0]
            what = f"{len(same)} of {len(all_pods)} pods: {trouble.what}"
            command = seen.kubectl(f"{trouble.command} {name(pod)}")
            found.append(Diagnosis(check, workload.name, title(pod), what, trouble.why, command, trouble.remedy))
    return found
