"""One environment as a CDK stage: its stacks, and the order in which they are deployed."""

from collections.abc import Mapping, Sequence

from aws_cdk import Environment as CdkEnvironment
from aws_cdk import Stack, Stage
from constructs import Construct

from api_platform import names
from api_platform.access import Role, operator_roles
from api_platform.aws.add_ons_stack import AddOnsStack
from api_platform.aws.cluster_stack import ClusterStack
from api_platform.aws.messaging_stack import MessagingStack
from api_platform.aws.network_stack import NetworkStack
from api_platform.aws.platform_stack import PlatformStack
from api_platform.aws.service_stack import ServiceStack
from api_platform.aws.storage_stack import StorageStack
from api_platform.aws.vertical_autoscaling_stack import VerticalAutoscalingStack
from api_platform.charts.platform_chart import PLATFORM
from api_platform.charts.service_chart import service_chart_id
from api_platform.charts.vertical_autoscaling_chart import VERTICAL_AUTOSCALING
from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering

SERVICE = "a service"
"""Stands for every service's stack in `ORDER`."""
ORDER: Mapping[str, Sequence[str]] = {
    "network": (),
    "cluster": ("network",),
    "messaging": (),
    "storage": (),
    "add-ons": ("cluster",),
    "platform": ("add-ons",),
    SERVICE: ("platform", "messaging", "storage"),
    "vertical-autoscaling": ("platform",),
}
"""Stack -> those that must be there before it.

Names are literals on both sides, so CloudFormation sees no reference between most of these stacks; this is all the
order there is. Destroying goes the other way round, so that operators outlive the objects whose finalizers they serve.
"""


class EnvironmentStage(Stage):
    """All stacks of one environment in one region: `production/network`, `production/api-service`, ..."""

    def __init__(self, scope: Construct, rendering: Rendering) -> None:
        environment = rendering.environment
        super().__init__(
            scope,
            environment.name,
            env=CdkEnvironment(account=environment.account, region=environment.region),
        )
        _name_zones(self, environment)
        stacks = self._stacks(rendering)
        for name, stack in stacks.items():
            _put_in_order(name, stack, stacks)
            stack.termination_protection = environment.choose(development=False, staging=False, production=True)

    def _stacks(self, rendering: Rendering) -> dict[str, Stack]:
        environment, services, files = rendering.environment, rendering.services, rendering.files
        inside, outside = _operator_roles(rendering)
        network = NetworkStack(self, environment)
        cluster_stack = ClusterStack(self, environment, network.vpc)
        cluster = cluster_stack.cluster
        stacks: dict[str, Stack] = {
            "network": network,
            "cluster": cluster_stack,
            "messaging": MessagingStack(self, environment, services),
            "storage": StorageStack(self, environment),
            "add-ons": AddOnsStack(self, environment, cluster, outside),
            "platform": PlatformStack(self, environment, cluster, roles=inside, objects=files[PLATFORM]),
        }
        for service in services:
            objects = files[service_chart_id(service)]
            stacks[service.name] = ServiceStack(self, environment, cluster, service=service, objects=objects)
        if VERTICAL_AUTOSCALING in files:
            objects = files[VERTICAL_AUTOSCALING]
            stacks["vertical-autoscaling"] = VerticalAutoscalingStack(self, environment, cluster, objects)
        return stacks


def _name_zones(stage: Stage, environment: Environment) -> None:
    """Give the zones as context, too: else the CLI looks them up in the account, and runs the app twice."""
    key = f"availability-zones:account={environment.account}:region={environment.region}"
    stage.node.set_context(key, list(environment.zones))


def _operator_roles(rendering: Rendering) -> tuple[list[Role], list[Role]]:
    """Return the operators' roles: those of the services' own namespace, and those of the operators' namespaces."""
    roles = operator_roles(rendering.environment, rendering.services)
    namespace = names.namespace(rendering.environment)
    inside = [role for role in roles if role.namespace == namespace]
    return inside, [role for role in roles if role.namespace != namespace]


def _put_in_order(name: str, stack: Stack, stacks: Mapping[str, Stack]) -> None:
    for before in ORDER.get(name, ORDER[SERVICE]):
        stack.add_stack_dependency(stacks[before])
