"""Stack `<service>-queues`: the queues that one service consumes."""

from collections.abc import Sequence

from aws_cdk import Stack
from constructs import Construct

from api_platform import names
from api_platform.access import QueueAccess
from api_platform.aws.messaging_stack import MessagingStack
from api_platform.aws.queue_alarms import QueueAlarms
from api_platform.aws.work_queue import WorkQueue
from api_platform.environment import Environment
from api_platform.service import Service


class QueuesStack(Stack):
    """A queue and its dead-letter queue for every workload of the service that consumes one, with alarms.

    Beside the service's own stack, so that messages outlive it; and not all queues in one stack, which CloudFormation
    would hold only up to some eighty.
    """

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        service: Service,
        queues: Sequence[QueueAccess],
        *,
        messaging: MessagingStack,
    ) -> None:
        description = f"Queues of {service.name} in {environment.name}"
        super().__init__(scope, names.queues_stack(service.name), description=description)
        workloads = {workload.name: workload for workload in service.workloads}
        for access in queues:
            if access.consumer not in workloads:
                continue
            workload = workloads[access.consumer]
            seconds = workload.visibility_seconds
            queue = WorkQueue(self, environment, access, visibility_seconds=seconds, key=messaging.key)
            QueueAlarms(self, environment, workload, queue=queue, topic=messaging.topic)
