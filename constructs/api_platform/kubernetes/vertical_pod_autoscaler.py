"""Recommends requests, without acting on them: a VerticalPodAutoscaler in mode Off."""

from constructs import Construct

from api_platform.labels import Owner
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


def vertical_pod_autoscaler(scope: Construct, owner: Owner) -> VerticalPodAutoscaler:
    """Create the recommender. It must not act: beside a horizontal autoscaler on CPU or memory, the two would fight."""
    return VerticalPodAutoscaler(
        scope,
        f"vertical-pod-autoscaler-{owner.name}",
        metadata=owner.metadata(),
        spec=VerticalPodAutoscalerSpec(
            target_ref=VerticalPodAutoscalerSpecTargetRef(api_version="apps/v1", kind="Deployment", name=owner.name),
            update_policy=VerticalPodAutoscalerSpecUpdatePolicy(
                update_mode=VerticalPodAutoscalerSpecUpdatePolicyUpdateMode.OFF
            ),
            resource_policy=VerticalPodAutoscalerSpecResourcePolicy(
                container_policies=[
                    VerticalPodAutoscalerSpecResourcePolicyContainerPolicies(
                        container_name=owner.name,
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
