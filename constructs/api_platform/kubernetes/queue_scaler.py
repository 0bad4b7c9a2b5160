"""Scaling by queue depth: a KEDA ScaledObject, which owns the workload's HorizontalPodAutoscaler."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.service import QueueScaling, ScalingBehavior, Workload
from imports.sh.keda import (
    ScaledObject,
    ScaledObjectSpec,
    ScaledObjectSpecAdvanced,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfig,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehavior,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleDown,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleDownPolicies,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleUp,
    ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleUpPolicies,
    ScaledObjectSpecFallback,
    ScaledObjectSpecFallbackBehavior,
    ScaledObjectSpecScaleTargetRef,
    ScaledObjectSpecTriggers,
    ScaledObjectSpecTriggersAuthenticationRef,
    TriggerAuthentication,
    TriggerAuthenticationSpec,
    TriggerAuthenticationSpecPodIdentity,
    TriggerAuthenticationSpecPodIdentityProvider,
)

_PERIOD_SECONDS = 60
_FAILURES_BEFORE_FALLBACK = 3


def queue_scaler(scope: Construct, context: WorkloadContext, scaling: QueueScaling) -> ScaledObject:
    """Create the ScaledObject, and the identity by which KEDA reads the queue: its operator's own role.

    No polling interval and no cool-down: neither has an effect while the minimum is above zero.
    """
    _operator_identity(scope, context)
    return ScaledObject(
        scope,
        f"scaled-object-{context.name}",
        metadata=context.metadata(),
        spec=ScaledObjectSpec(
            scale_target_ref=ScaledObjectSpecScaleTargetRef(name=context.name),
            min_replica_count=scaling.minimum,
            max_replica_count=scaling.maximum,
            advanced=ScaledObjectSpecAdvanced(
                horizontal_pod_autoscaler_config=ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfig(
                    # The workload's own name, so that `kubectl describe hpa` finds it where people look.
                    name=context.name,
                    behavior=_behavior(scaling.behavior),
                )
            ),
            fallback=ScaledObjectSpecFallback(
                # Blind to the queue, it keeps what it has: fewer would let the backlog grow unseen.
                failure_threshold=_FAILURES_BEFORE_FALLBACK,
                replicas=scaling.minimum,
                behavior=ScaledObjectSpecFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER,
            ),
            triggers=[
                _queue_depth(context, scaling),
                _utilization(context.workload, "cpu", scaling.cpu_percent),
                _utilization(context.workload, "memory", scaling.memory_percent),
            ],
        ),
    )


def _operator_identity(scope: Construct, context: WorkloadContext) -> None:
    TriggerAuthentication(
        scope,
        f"trigger-authentication-{context.name}",
        metadata=context.metadata(),
        spec=TriggerAuthenticationSpec(
            pod_identity=TriggerAuthenticationSpecPodIdentity(provider=TriggerAuthenticationSpecPodIdentityProvider.AWS)
        ),
    )


def _queue_depth(context: WorkloadContext, scaling: QueueScaling) -> ScaledObjectSpecTriggers:
    return ScaledObjectSpecTriggers(
        type="aws-sqs-queue",
        metric_type="AverageValue",
        metadata={
            "queueURL": names.queue_url(context.environment, context.name),
            "queueLength": str(scaling.messages_per_pod),
            "awsRegion": context.environment.region,
            # Messages in flight count, or the pods that work on the last ones would be scaled away.
            "scaleOnInFlight": "true",
        },
        authentication_ref=ScaledObjectSpecTriggersAuthenticationRef(name=context.name),
    )


def _utilization(workload: Workload, resource: str, percent: int) -> ScaledObjectSpecTriggers:
    return ScaledObjectSpecTriggers(
        type=resource,
        metric_type="Utilization",
        metadata={"value": str(percent), "containerName": workload.name},
    )


def _behavior(behavior: ScalingBehavior) -> ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehavior:
    up = ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleUpPolicies
    down = ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleDownPolicies
    return ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehavior(
        scale_up=ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleUp(
            stabilization_window_seconds=0,
            select_policy=behavior.up_select,
            policies=[
                up(type="Percent", value=behavior.up_percent, period_seconds=_PERIOD_SECONDS),
                up(type="Pods", value=behavior.up_pods, period_seconds=_PERIOD_SECONDS),
            ],
        ),
        scale_down=ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfigBehaviorScaleDown(
            stabilization_window_seconds=behavior.down_stabilization_seconds,
            select_policy="Max",
            policies=[down(type="Percent", value=behavior.down_percent, period_seconds=_PERIOD_SECONDS)],
        ),
    )
