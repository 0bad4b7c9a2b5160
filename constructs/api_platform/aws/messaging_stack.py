"""Stack `messaging`."""

from collections.abc import Sequence

from aws_cdk import Stack
from constructs import Construct

from api_platform.access import queue_access
from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.operations_topic import operations_topic
from api_platform.aws.queue_alarms import QueueAlarms
from api_platform.aws.work_queue import WorkQueue
from api_platform.environment import Environment
from api_platform.service import Service


class MessagingStack(Stack):
    """A queue and its dead-letter queue for every workload that consumes one, with alarms."""

    def __init__(self, scope: Construct, environment: Environment, services: Sequence[Service]) -> None:
        super().__init__(scope, "messaging", description=f"Queues of {environment.name}")
        key = encryption_key(self, environment, "messaging")
        topic = operations_topic(self, environment, key)
        visibility = {
            workload.name: workload.visibility_seconds for service in services for workload in service.workloads
        }
        for access in queue_access(environment, services):
            seconds = visibility[access.consumer]
            queue = WorkQueue(self, environment, access, visibility_seconds=seconds, key=key)
            QueueAlarms(self, queue, visibility_seconds=seconds, topic=topic)
