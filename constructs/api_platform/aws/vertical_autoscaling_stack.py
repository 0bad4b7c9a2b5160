"""Stack `vertical-autoscaling`, in environments that ask for it."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct

from api_platform.aws.kubernetes_objects import apply_objects
from api_platform.environment import Environment
from api_platform.rules.finding import Manifest


class VerticalAutoscalingStack(Stack):
    """Recommendations of requests, for all services."""

    def __init__(
        self, scope: Construct, environment: Environment, cluster: eks.ICluster, objects: Sequence[Manifest]
    ) -> None:
        super().__init__(
            scope, "vertical-autoscaling", description=f"Recommendations of requests in {environment.name}"
        )
        apply_objects(self, cluster, objects, owner=environment.kubernetes_objects)
