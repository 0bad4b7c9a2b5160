"""One environment as a CDK stage: its stacks, and the order in which they are deployed."""

from collections.abc import Mapping, Sequence

from aws_cdk import Environment as CdkEnvironment
from aws_cdk import Stack, Stage
from constructs import Construct

from api_platform import names
from api_platform.access import Role, operator_roles, queue_access
from api_platform.aws.add_ons_stack import AddOnsStack
from api_platform.aws.cluster_stack import ClusterStack
from api_platform.aws.messaging_stack import MessagingStack
from api_platform.aws.network_stack import NetworkStack
from api_platform.aws.platform_stack import PlatformStack
from api_platform.aws.queues_stack import QueuesStack
from api_platform.aws.service_stack import ServiceStack
from api_platform.aws.storage_stack import StorageStack
from api_platform.aws.vertical_autoscaling_stack import VerticalAutoscalingStack
from api_platform.charts.identifiers import PLATFORM, VERTICAL_AUTOSCALING, service_chart_id
from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering
from api_platform.service import QueueSender, Service

SERVICE = "a service"
"""Stands for every service's stack in `ORDER`."""
QUEUES = "a service's queues"
"""Stands for the stack of every service's queues in `ORDER`."""
ORDER: Mapping[str, Sequence[str]] = {
    "network": (),
    "cluster": ("network",),
    "messaging": (),
    "storage": (),
    "add-ons": ("cluster",),
    "platform": ("add-ons",),
    QUEUES: ("messaging",),
    SERVICE: ("platform", "storage"),  # and the queues that it uses
    "vertical-autoscaling": ("platform",),
}
"""Stack -> those that must be there before it.

Names are literals on both sides, so CloudFormation sees no reference between most of these stacks; this is all the
order there is. Destroying goes the other way round, so that operators outlive the objects whose finalizers they serve.
"""


class EnvironmentStage(Stage):
    """All stacks of one environment in one region: `production/network`, `production/api-service`, ..."""

    def __init__(self, scope: Construct, rendering: Rendering) -> None:
        environment = self.environment = rendering.environment
        super().__init__(
            scope,
            environment.name,
            env=CdkEnvironment(account=environment.account, region=environment.region),
        )
        _name_zones(self, environment)
        stacks = self._stacks(rendering)
        for name, stack in stacks.items():
            for before in _before(name, rendering.services):
                stack.add_stack_dependency(stacks[before])
            stack.termination_protection = environment.choose(development=False, staging=False, production=True)

    def _stacks(self, rendering: Rendering) -> dict[str, Stack]:
        environment, files = rendering.environment, rendering.files
        inside, outside = _operator_roles(rendering)
        network = self.network = NetworkStack(self, environment)
        cluster_stack = self.cluster = ClusterStack(self, environment, network.vpc)
        cluster = cluster_stack.cluster
        messaging = self.messaging = MessagingStack(self, environment)
        stacks: dict[str, Stack] = {
            "network": network,
            "cluster": cluster_stack,
            "messaging": messaging,
            "storage": StorageStack(self, environment),
            "add-ons": AddOnsStack(self, environment, cluster, roles=outside, services=rendering.services),
            "platform": PlatformStack(self, environment, cluster, roles=inside, objects=files[PLATFORM]),
            **self._queue_stacks(rendering, messaging),
        }
        for service in rendering.services:
            objects = files[service_chart_id(service)]
            stacks[service.name] = ServiceStack(self, environment, cluster, service=service, objects=objects)
        if VERTICAL_AUTOSCALING in files:
            objects = files[VERTICAL_AUTOSCALING]
            stacks["vertical-autoscaling"] = VerticalAutoscalingStack(self, environment, cluster, objects)
        return stacks

    def _queue_stacks(self, rendering: Rendering, messaging: MessagingStack) -> dict[str, Stack]:
        environment, services = rendering.environment, rendering.services
        queues = queue_access(environment, services)
        return {
            names.queues_stack(service.name): QueuesStack(self, environment, service, queues, messaging=messaging)
            for service in services
            if _consumers(service)
        }


def _before(name: str, services: Sequence[Service]) -> list[str]:
    """Return the stacks that must be there before the one of this name."""
    for service in services:
        if name == names.queues_stack(service.name):
            return list(ORDER[QUEUES])
        if name == service.name:
            return [*ORDER[SERVICE], *_queues_used_by(service, services)]
    return list(ORDER[name])


def _queues_used_by(service: Service, services: Sequence[Service]) -> list[str]:
    sent_to = {need.queue for workload in service.workloads for need in workload.needs(QueueSender)}
    used = sent_to | _consumers(service)
    return [names.queues_stack(one.name) for one in services if used & _consumers(one)]


def _consumers(service: Service) -> set[str]:
    return {workload.name for workload in service.workloads if workload.consumer}


def _name_zones(stage: Stage, environment: Environment) -> None:
    """Give the zones as context, too: else the CLI looks them up in the account, and runs the app twice."""
    key = f"availability-zones:account={environment.account}:region={environment.region}"
    stage.node.set_context(key, list(environment.zones))


def _operator_roles(rendering: Rendering) -> tuple[list[Role], list[Role]]:
    """Return the operators' roles: those of the services' own namespace, and those of the operators' namespaces."""
    roles = operator_roles(rendering.environment, rendering.services)
    namespace = names.namespace_name(rendering.environment)
    inside = [role for role in roles if role.namespace == namespace]
    return inside, [role for role in roles if role.namespace != namespace]
