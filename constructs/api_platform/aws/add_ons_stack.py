"""Stack `add-ons`."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct

from api_platform.access import Role
from api_platform.aws.add_on_namespaces import add_on_namespaces
from api_platform.aws.helm_release import install
from api_platform.aws.irsa import service_account_role
from api_platform.aws.kubernetes_objects import attach
from api_platform.aws.releases import all_releases
from api_platform.environment import Environment
from api_platform.service import Service


class AddOnsStack(Stack):
    """What must be in the cluster before our objects: the mesh, operators, their CRDs, namespaces and roles."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        cluster: eks.ICluster,
        *,
        roles: Sequence[Role],
        services: Sequence[Service],
    ) -> None:
        super().__init__(scope, "add-ons", description=f"Mesh and operators of {environment.name}")
        provider = cluster.open_id_connect_provider
        for role in roles:
            service_account_role(self, environment, role, provider)
        releases = all_releases(environment, services)
        namespaces = {
            manifest["metadata"]["name"]: attach(self, cluster, manifest)
            for manifest in add_on_namespaces(release.namespace for release in releases)
        }
        installed: dict[str, eks.HelmChart] = {}
        for release in releases:
            after = [namespaces[release.namespace], *(installed[name] for name in release.after)]
            installed[release.name] = install(self, cluster, release, after)
