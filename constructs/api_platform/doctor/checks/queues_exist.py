"""Every workload that consumes a queue has it."""

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.observation import Observation
from api_platform.service import Service, Workload

CHECK = check_name(__name__)


def queues_exist(seen: Observation) -> list[Diagnosis]:
    """Find queues that are gone."""
    queues = seen.aws.queues if seen.aws else {}
    return [
        _diagnosis(seen, service, workload)
        for service, workload in seen.workloads()
        if queues.get(workload.name, workload) is None
    ]


def _diagnosis(seen: Observation, service: Service, workload: Workload) -> Diagnosis:
    queue, stack = names.queue_name(seen.environment, workload.name), names.queues_stack(service.name)
    path = f"{seen.environment.name}/{stack}"
    return Diagnosis(
        CHECK,
        workload.name,
        f"queue {queue}",
        "it does not exist",
        "SQS knows no queue of this name: what is sent to it fails, and KEDA cannot read its depth.",
        seen.aws_command(f"sqs get-queue-url --queue-name {queue}"),
        f"Deploy its stack: cdk deploy --exclusively {path}. If it was deleted by hand, CloudFormation does not notice "
        f"it: create it again by hand under this name, as `cdk synth {path}` prints it.",
    )
