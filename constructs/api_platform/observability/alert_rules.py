"""All alerts of a service, from its spec: what it promises, what it runs on, and the figures of its business."""

from api_platform.context import ServiceContext, WorkloadContext
from api_platform.observability import series
from api_platform.observability.alert import Alert, alert_rule, pascal_case
from api_platform.observability.objective_alerts import objective_alerts
from api_platform.observability.recording_rules import Rule
from api_platform.service import BusinessMetric, Threshold

TIGHT_BUDGET_RULE = "budget-leaves-room-to-drain"
"""Where a spec acknowledges this rule's finding, its budget blocks by intent: the alert would never cease."""


def alert_rules(context: WorkloadContext) -> list[Rule]:
    """Return the alerts of one workload."""
    alerts = objective_alerts(context)
    alerts += [_no_replica_available(context), _restarts(context)]
    if context.workload.scaling.minimum < context.workload.scaling.maximum:  # one fixed size is always at its maximum
        alerts.append(_autoscaler_at_maximum(context))
    if TIGHT_BUDGET_RULE not in context.workload.acknowledged:
        alerts.append(_budget_blocks_drain(context))
    return [alert_rule(context, alert) for alert in alerts]


def business_alert_rules(context: ServiceContext) -> list[Rule]:
    """Return the alerts of the service's business metrics, of those that have a threshold."""
    alerts = [_business(metric, metric.alert) for metric in context.service.metrics if metric.alert]
    return [alert_rule(context, alert) for alert in alerts]


def _no_replica_available(context: WorkloadContext) -> Alert:
    """Return the alert for the failure that no proxy of the workload can report: that there is none."""
    return Alert(
        name="NoReplicaAvailable",
        severity="critical" if context.workload.exposure else "warning",
        expression=f"max({series.deployment('kube_deployment_status_replicas_available', context)}) == 0",
        for_minutes=5,
        summary=f"{context.name}: {{{{ $value }}}} replicas are available",
        description="Nothing does its work. Its own proxies are gone too, so the error budget does not show it.",
    )


def _restarts(context: WorkloadContext) -> Alert:
    restarts = series.container("kube_pod_container_status_restarts_total", context)
    return Alert(
        name="ContainerRestarts",
        severity="warning",
        expression=f"sum(increase({restarts}[15m])) > 2",
        for_minutes=1,
        summary=f'{context.name}: containers restarted {{{{ printf "%.0f" $value }}}} times in 15 minutes',
        description="It crashes, is killed for its memory, or fails its liveness probe.",
    )


def _autoscaler_at_maximum(context: WorkloadContext) -> Alert:
    def replicas(metric: str) -> str:
        return f"max({series.autoscaler(metric, context)})"

    return Alert(
        name="AutoscalerAtMaximum",
        severity="warning",
        expression=(
            f"{replicas('kube_horizontalpodautoscaler_status_desired_replicas')}\n"
            ">=\n"
            f"{replicas('kube_horizontalpodautoscaler_spec_max_replicas')}"
        ),
        for_minutes=15,
        summary=f"{context.name}: at its maximum of {{{{ $value }}}} replicas for 15 minutes",
        description="It cannot grow with the load any more. Raise the maximum, or find out where the load comes from.",
    )


def _budget_blocks_drain(context: WorkloadContext) -> Alert:
    healthy = series.budget("kube_poddisruptionbudget_status_current_healthy", context)
    allowed = series.budget("kube_poddisruptionbudget_status_pod_disruptions_allowed", context)
    return Alert(
        name="BudgetBlocksDrain",
        severity="warning",
        expression=f"max({healthy})\nand\nmax({allowed}) == 0",
        for_minutes=30,
        summary=f"{context.name}: with {{{{ $value }}}} healthy pods its budget lets none be evicted",
        description="A node that runs one of them cannot be drained, so upgrades of the cluster wait.",
    )


def _business(metric: BusinessMetric, threshold: Threshold) -> Alert:
    return Alert(
        name=pascal_case(metric.name),
        severity=threshold.severity,
        expression=f"({metric.query}) > {threshold.above:g}",
        for_minutes=threshold.for_minutes,
        summary=f'{metric.name}: {{{{ printf "%.4g" $value }}}} is above {threshold.above:g}',
        description=metric.help,
    )
