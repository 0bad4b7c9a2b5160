"""ReplicaSets can create their pods. What stops them is said of the ReplicaSet: there is no pod that could say it."""

from collections.abc import Mapping
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import condition, holds, reason, replica_sets
from api_platform.doctor.observation import Observation
from api_platform.rules.objects import name, title
from api_platform.rules.values import whole
from api_platform.service import Workload

CHECK = check_name(__name__)
_REMEDIES: Final[Mapping[str, str]] = {
    "exceeded quota": "Lower what else runs in the namespace, or deploy the platform stack: its quota follows from the "
    "specs' maxima.",
    "serviceaccount": "Its ServiceAccount comes with the service's stack. {again}",
    "violates PodSecurity": "Give the pod the security context that the namespace demands; the charts render it so.",
    "is forbidden: maximum": "Lower the container's limits in the spec, or raise the namespace's LimitRange.",
}


def pods_are_created(seen: Observation) -> list[Diagnosis]:
    """Find ReplicaSets that the API server refuses a pod."""
    found = []
    for workload, deployment in seen.deployments():
        for one in replica_sets(seen, deployment):
            wanted, there = whole(one, "spec", "replicas") or 0, whole(one, "status", "replicas") or 0
            if there < wanted and holds(one, "ReplicaFailure"):
                said = reason(condition(one, "ReplicaFailure"))
                what = f"it has {there} of {wanted} pods, and the API server refuses more"
                command = seen.kubectl(f"describe replicaset {name(one)}")
                found.append(
                    Diagnosis(CHECK, workload.name, title(one), what, said, command, _remedy(seen, workload, said))
                )
    return found


def _remedy(seen: Observation, workload: Workload, said: str) -> str:
    remedy = next(
        (words for sign, words in _REMEDIES.items() if sign in said),
        "Mend what the API server names; the ReplicaSet tries again by itself.",
    )
    return remedy.format(again=seen.apply_again(workload.name))
