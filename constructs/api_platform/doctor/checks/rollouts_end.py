"""Every rollout ends within its deadline, and none is paused."""

from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import condition, reason, replica_sets
from api_platform.doctor.observation import Observation
from api_platform.rules.objects import name, title
from api_platform.rules.values import text, whole

CHECK = check_name(__name__)
_GIVEN_UP: Final = "ProgressDeadlineExceeded"
_PAUSED: Final = "DeploymentPaused"


def rollouts_end(seen: Observation) -> list[Diagnosis]:
    """Find rollouts that Kubernetes has given up, or that somebody has paused."""
    found = []
    for workload, deployment in seen.deployments():
        said = condition(deployment, "Progressing")
        if text(said, "reason") not in (_GIVEN_UP, _PAUSED):
            continue
        newest = next(iter(replica_sets(seen, deployment)), {})
        ready, wanted = whole(newest, "status", "readyReplicas") or 0, whole(newest, "spec", "replicas") or 0
        paused = text(said, "reason") == _PAUSED
        what = "its rollout is paused" if paused else "its rollout did not end within the deadline"
        why = f"{reason(said)}. The newest ReplicaSet, {name(newest) or 'none'}, has {ready} ready pods of {wanted}."
        remedy = (
            f"Go on with it: {seen.kubectl(f'rollout resume deployment/{workload.name}')}"
            if paused
            else "The pods from before serve on. Mend what stops the new ones, or deploy the tag from before."
        )
        command = seen.kubectl(f"rollout status deployment/{workload.name} --watch=false")
        found.append(Diagnosis(CHECK, workload.name, title(deployment), what, why, command, remedy))
    return found
