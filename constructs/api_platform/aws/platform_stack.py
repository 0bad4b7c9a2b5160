"""Stack `platform`."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct

from api_platform.access import Role
from api_platform.aws.irsa import service_account_role
from api_platform.aws.kubernetes_objects import apply_objects
from api_platform.environment import Environment
from api_platform.rules.finding import Manifest


class PlatformStack(Stack):
    """The environment's namespace, what holds for all of it, and the roles of operators inside it."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        cluster: eks.ICluster,
        *,
        roles: Sequence[Role],
        objects: Sequence[Manifest],
    ) -> None:
        super().__init__(scope, "platform", description=f"Namespace and mesh-wide objects of {environment.name}")
        provider = cluster.open_id_connect_provider
        made = [service_account_role(self, environment, role, provider) for role in roles]
        apply_objects(self, cluster, objects, owner=environment.kubernetes_objects, after=made)
