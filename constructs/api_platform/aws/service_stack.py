"""One stack per service, named after it."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct

from api_platform.access import workload_role
from api_platform.aws.irsa import service_account_role
from api_platform.aws.kubernetes_objects import apply_objects
from api_platform.environment import Environment
from api_platform.rules.finding import Manifest
from api_platform.service import Service


class ServiceStack(Stack):
    """A service's roles and Kubernetes objects: what `cdk deploy --exclusively` of one service changes."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        cluster: eks.ICluster,
        *,
        service: Service,
        objects: Sequence[Manifest],
    ) -> None:
        super().__init__(scope, service.name, description=f"{service.name} of {environment.name}")
        provider = cluster.open_id_connect_provider
        roles = [role for workload in service.workloads if (role := workload_role(environment, workload))]
        made = [service_account_role(self, environment, role, provider) for role in roles]
        apply_objects(self, cluster, objects, owner=environment.kubernetes_objects, after=made)
