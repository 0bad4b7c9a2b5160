"""Where a queue holds messages, somebody takes them."""

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import holds, pods
from api_platform.doctor.observation import Observation

CHECK = check_name(__name__)


def queues_are_consumed(seen: Observation) -> list[Diagnosis]:
    """Find queues with messages that no ready pod takes."""
    found = []
    for workload, deployment in seen.deployments():
        queue = seen.aws.queues.get(workload.name) if seen.aws else None
        if queue and queue.messages and not any(holds(pod, "Ready") for pod in pods(seen, deployment)):
            found.append(
                Diagnosis(
                    CHECK,
                    workload.name,
                    f"queue {names.queue_name(seen.environment, workload.name)}",
                    f"it holds {queue.messages} messages, and nobody takes them",
                    f"{workload.name} has no ready pod.",
                    seen.kubectl(f"get deployment,hpa {workload.name}"),
                    f"Bring the pods of {workload.name} back. Messages wait until the queue's retention is over.",
                )
            )
    return found
