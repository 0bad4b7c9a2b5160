"""Scaling by CPU and memory: a HorizontalPodAutoscaler."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.context import WorkloadContext
from api_platform.service import ScalingBehavior, UtilizationScaling, Workload

_PERIOD_SECONDS = 60


def autoscaler(
    scope: Construct, context: WorkloadContext, scaling: UtilizationScaling
) -> k8s.KubeHorizontalPodAutoscalerV2:
    """Create the autoscaler of a workload with UtilizationScaling."""
    return k8s.KubeHorizontalPodAutoscalerV2(
        scope,
        f"horizontal-pod-autoscaler-{context.name}",
        metadata=context.metadata(),
        spec=k8s.HorizontalPodAutoscalerSpecV2(
            scale_target_ref=k8s.CrossVersionObjectReferenceV2(
                api_version="apps/v1", kind="Deployment", name=context.name
            ),
            min_replicas=scaling.minimum,
            max_replicas=scaling.maximum,
            metrics=[
                _utilization(context.workload, "cpu", scaling.cpu_percent),
                _utilization(context.workload, "memory", scaling.memory_percent),
            ],
            behavior=_behavior(scaling.behavior),
        ),
    )


def _utilization(workload: Workload, resource: str, percent: int) -> k8s.MetricSpecV2:
    """Return a target for the workload's own container: the pod's average would count the proxy."""
    return k8s.MetricSpecV2(
        type="ContainerResource",
        container_resource=k8s.ContainerResourceMetricSourceV2(
            name=resource,
            container=workload.name,
            target=k8s.MetricTargetV2(type="Utilization", average_utilization=percent),
        ),
    )


def _behavior(behavior: ScalingBehavior) -> k8s.HorizontalPodAutoscalerBehaviorV2:
    return k8s.HorizontalPodAutoscalerBehaviorV2(
        scale_up=k8s.HpaScalingRulesV2(
            stabilization_window_seconds=0,
            select_policy=behavior.up_select,
            policies=[_policy("Percent", behavior.up_percent), _policy("Pods", behavior.up_pods)],
        ),
        scale_down=k8s.HpaScalingRulesV2(
            stabilization_window_seconds=behavior.down_stabilization_seconds,
            select_policy="Max",
            policies=[_policy("Percent", behavior.down_percent)],
        ),
    )


def _policy(kind: str, value: int) -> k8s.HpaScalingPolicyV2:
    return k8s.HpaScalingPolicyV2(type=kind, value=value, period_seconds=_PERIOD_SECONDS)
