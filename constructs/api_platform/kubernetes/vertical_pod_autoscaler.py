"""Recommends requests, without acting on them: a VerticalPodAutoscaler in mode Off."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import standard_labels
from api_platform.service import Service, Workload
from imports.io.k8s.autoscaling import (
    VerticalPodAutoscaler,
    VerticalPodAutoscalerSpec,
    VerticalPodAutoscalerSpecResourcePolicy,
    VerticalPodAutoscalerSpecResourcePolicyContainerPolicies,
    VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues,
    VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMode,
    VerticalPodAutoscalerSpecTargetRef,
    VerticalPodAutoscalerSpecUpdatePolicy,
    VerticalPodAutoscalerSpecUpdatePolicyUpdateMode,
)

_PROXY_CONTAINER = "istio-proxy"


def vertical_pod_autoscaler(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> VerticalPodAutoscaler:
    """Create the recommender. It must not act: beside a horizontal autoscaler on CPU or memory, the two would fight."""
    return VerticalPodAutoscaler(
        scope,
        f"vertical-pod-autoscaler-{workload.name}",
        metadata=ApiObjectMetadata(
            name=workload.name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
        ),
        spec=VerticalPodAutoscalerSpec(
            target_ref=VerticalPodAutoscalerSpecTargetRef(api_version="apps/v1", kind="Deployment", name=workload.name),
            update_policy=VerticalPodAutoscalerSpecUpdatePolicy(
                update_mode=VerticalPodAutoscalerSpecUpdatePolicyUpdateMode.OFF
            ),
            resource_policy=VerticalPodAutoscalerSpecResourcePolicy(
                container_policies=[
                    VerticalPodAutoscalerSpecResourcePolicyContainerPolicies(
                        container_name=workload.name,
                        controlled_values=(
                            VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues.REQUESTS_ONLY
                        ),
                    ),
                    VerticalPodAutoscalerSpecResourcePolicyContainerPolicies(
                        container_name=_PROXY_CONTAINER,
                        mode=VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMode.OFF,
                    ),
                ]
            ),
        ),
    )
