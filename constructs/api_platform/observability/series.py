"""The series that a workload leaves in Prometheus, as PromQL selects them.

The names of other projects' metrics and labels stand here and nowhere else; rules and dashboard both use them.
"""

from typing import Protocol

from api_platform import names
from api_platform.context import WorkloadContext

REQUESTS = "workload:istio_requests:rate{window}"
FAILURES = "workload:istio_request_failures:rate{window}"
FAILURE_RATIO = "workload:istio_request_failures_per_requests:ratio_rate{window}"
GATEWAY_REQUESTS = "workload:istio_gateway_requests:rate{window}"
GATEWAY_FAILURES = "workload:istio_gateway_request_failures:rate{window}"
GATEWAY_FAILURE_RATIO = "workload:istio_gateway_request_failures_per_requests:ratio_rate{window}"
LATENCY = "workload_quantile:istio_request_duration_milliseconds:histogram_quantile_rate5m"
QUEUE_DEPTH = "workload:keda_scaler_metrics_value:max"


class DeploymentOwner(Protocol):
    """What runs as a Deployment of its name."""

    @property
    def name(self) -> str:
        """Return the Deployment's name."""
        ...

    @property
    def namespace(self) -> str:
        """Return the namespace it is in."""
        ...


def select(metric: str, /, *conditions: str, **labels: str) -> str:
    """Return a PromQL selector: `labels` must be equal; `conditions` are written out, as `response_code=~"5.."`."""
    matchers = [f'{label}="{value}"' for label, value in labels.items()] + list(conditions)
    return f"{metric}{{{', '.join(matchers)}}}"


def recorded(name: str, context: WorkloadContext, **labels: str) -> str:
    """Return what one of our own recording rules wrote for the workload."""
    return select(name, environment=context.environment.name, workload=context.name, **labels)


def proxy(metric: str, context: WorkloadContext, *conditions: str) -> str:
    """Return one of Istio's standard metrics, counted once: by the workload's own proxies, not by its callers'.

    Calls come by mutual TLS alone. What comes in plain text is Prometheus that fetches /metrics, from each pod and
    always with success: counted, it would water down failures and latency, and the workload would never seem idle.
    """
    return select(
        metric,
        *conditions,
        reporter="destination",
        destination_workload_namespace=context.namespace,
        destination_workload=context.name,
        connection_security_policy="mutual_tls",
    )


def mesh_callers(metric: str, context: WorkloadContext, /, *conditions: str) -> str:
    """Return `proxy`, without the calls that the gateway passes on: those are counted there."""
    return proxy(metric, context, f'source_workload!="{names.GATEWAY_RELEASE}"', *conditions)


def gateway(metric: str, context: WorkloadContext, /, *conditions: str) -> str:
    """Return one of Istio's standard metrics, as the gateway counts what the world asks of the workload.

    By the called host: where no pod was reached, the gateway knows neither the workload nor its namespace.
    """
    return at_gateway(metric, *conditions, destination_service=context.mesh_host)


def at_gateway(metric: str, /, *conditions: str, **labels: str) -> str:
    """Return one of Istio's standard metrics, as the gateway counts it for whomever it is asked."""
    return select(
        metric,
        *conditions,
        reporter="source",
        source_workload_namespace=names.GATEWAY_NAMESPACE,
        source_workload=names.GATEWAY_RELEASE,
        **labels,
    )


def queue_depth(context: WorkloadContext) -> str:
    """Return KEDA's figure for the queue: messages that wait, and messages in flight.

    KEDA calls it `s<trigger>-aws-sqs-<queue>`. The queue's name holds environment and workload, so that nothing hangs
    on the label `namespace`: KEDA's chart does not honor labels, and our namespace arrives as `exported_namespace`.
    """
    queue = names.queue_name(context.environment, context.name)
    return select("keda_scaler_metrics_value", f'metric=~"s[0-9]+-aws-sqs-{queue}"')


def container(metric: str, context: WorkloadContext, **labels: str) -> str:
    """Return a metric of the workload's own container (cAdvisor, kube-state-metrics), without the proxy beside it."""
    return select(metric, namespace=context.namespace, container=context.name, **labels)


def deployment(metric: str, owner: DeploymentOwner) -> str:
    """Return a metric of the Deployment (kube-state-metrics)."""
    return select(metric, namespace=owner.namespace, deployment=owner.name)


def autoscaler(metric: str, context: WorkloadContext) -> str:
    """Return a metric of the HorizontalPodAutoscaler, ours or KEDA's: both bear the workload's name."""
    return select(metric, namespace=context.namespace, horizontalpodautoscaler=context.name)


def budget(metric: str, context: WorkloadContext) -> str:
    """Return a metric of the PodDisruptionBudget (kube-state-metrics)."""
    return select(metric, namespace=context.namespace, poddisruptionbudget=context.name)
