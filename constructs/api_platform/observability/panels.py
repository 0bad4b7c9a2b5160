"""The panels of a service's dashboard: what is drawn, from which queries, against which limit."""

from dataclasses import dataclass

from grafana_foundation_sdk.builders.common import GraphThresholdsStyleConfig
from grafana_foundation_sdk.builders.dashboard import ThresholdsConfig
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.timeseries import Panel
from grafana_foundation_sdk.models.common import GraphThresholdsStyleMode
from grafana_foundation_sdk.models.dashboard import DataSourceRef, Threshold, ThresholdsMode

from api_platform.context import WorkloadContext
from api_platform.observability import series
from api_platform.observability.objective_alerts import error_budget
from api_platform.observability.vantage import vantages
from api_platform.service import BusinessMetric, Exposure

DATASOURCE = "datasource"
"""The dashboard's variable that holds the Prometheus to ask."""
WIDTH, HEIGHT = 8, 7
"""Three panels in Grafana's row of 24 columns."""


@dataclass(frozen=True)
class Graph:
    """One panel: curves over time."""

    title: str
    description: str
    unit: str
    """Grafana's name of the unit: reqps, percentunit, ms, short, bytes."""
    queries: tuple[tuple[str, str], ...]
    """PromQL and the curve's name."""
    limit: float | None = None
    """Drawn as a line: what is above it is too much."""

    def panel(self) -> Panel:
        """Return it as Grafana's library builds it."""
        source = DataSourceRef(type_val="prometheus", uid=f"${{{DATASOURCE}}}")
        panel = Panel().title(self.title).description(self.description).unit(self.unit).min(0)
        panel = panel.datasource(source).span(WIDTH).height(HEIGHT)
        for number, (expression, name) in enumerate(self.queries):
            # Grafana tells a panel's queries apart by their letter; the library gives them none.
            panel = panel.with_target(Dataquery().expr(expression).legend_format(name).ref_id(chr(ord("A") + number)))
        if self.limit is None:
            return panel
        steps = [Threshold(color="green"), Threshold(value=self.limit, color="red")]
        style = GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.LINE)
        return panel.thresholds(ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)).thresholds_style(style)


def workload_graphs(context: WorkloadContext) -> list[Graph]:
    """Return the graphs of one workload."""
    graphs = _traffic(context, context.workload.exposure) if context.workload.exposure else []
    if context.workload.consumer:
        graphs.append(_queue(context))
    return [
        *graphs,
        _replicas(context),
        _cpu(context),
        _memory(context),
        _restarts(context),
    ]


def business_graph(metric: BusinessMetric) -> Graph:
    """Return the graph of one figure of the business."""
    limit = metric.alert.above if metric.alert else None
    return Graph(metric.name, metric.help, "short", ((metric.query, metric.name),), limit)


def _traffic(context: WorkloadContext, exposure: Exposure) -> list[Graph]:
    def recorded(name: str, **labels: str) -> str:
        return series.recorded(name.format(window="5m"), context, **labels)

    seen = vantages(context)
    objective = exposure.objectives.p95_latency_milliseconds
    latencies = tuple((recorded(series.LATENCY, quantile=q), f"P{float(q) * 100:.0f}") for q in ("0.5", "0.95", "0.99"))
    return [
        Graph("Requests", "Requests a second.", "reqps", tuple((recorded(one.requests), one.callers) for one in seen)),
        Graph(
            "Failures",
            f"Share of requests that end in a 5xx or in no answer. Above the line it misses the objective of "
            f"{exposure.objectives.availability_percent:g} %.",
            "percentunit",
            tuple((recorded(one.failure_ratio), one.callers) for one in seen),
            error_budget(exposure),
        ),
        Graph("Latency", f"The objective is a P95 of {objective} ms.", "ms", latencies, objective),
    ]


def _queue(context: WorkloadContext) -> Graph:
    depth = series.recorded(series.QUEUE_DEPTH, context)
    return Graph("Queue depth", "Messages that wait or are in flight.", "short", ((depth, "messages"),))


def _replicas(context: WorkloadContext) -> Graph:
    def autoscaler(metric: str) -> str:
        return f"max({series.autoscaler(f'kube_horizontalpodautoscaler_{metric}', context)})"

    available = series.deployment("kube_deployment_status_replicas_available", context)
    return Graph(
        "Replicas",
        "What the autoscaler wants, what is there, and how far it may go.",
        "short",
        (
            (autoscaler("status_desired_replicas"), "wanted"),
            (f"max({available})", "available"),
            (autoscaler("spec_max_replicas"), "maximum"),
        ),
    )


def _cpu(context: WorkloadContext) -> Graph:
    used = series.container("container_cpu_usage_seconds_total", context)
    by_pod = f"sum by (pod) (rate({used}[5m]))"
    return _usage(context, "CPU a pod", "cpu", "short", by_pod)


def _memory(context: WorkloadContext) -> Graph:
    used = series.container("container_memory_working_set_bytes", context)
    return _usage(context, "Memory a pod", "memory", "bytes", f"sum by (pod) ({used})")


def _usage(context: WorkloadContext, title: str, resource: str, unit: str, by_pod: str) -> Graph:
    def allowed(metric: str) -> str:
        return f"max({series.container(metric, context, resource=resource)})"

    return Graph(
        title,
        "Of the workload's own container, without its proxy.",
        unit,
        (
            (f"avg({by_pod})", "average"),
            (f"max({by_pod})", "highest"),
            (allowed("kube_pod_container_resource_requests"), "request"),
            (allowed("kube_pod_container_resource_limits"), "limit"),
        ),
    )


def _restarts(context: WorkloadContext) -> Graph:
    restarts = series.container("kube_pod_container_status_restarts_total", context)
    query = f"sum(increase({restarts}[15m]))"
    return Graph("Restarts", "Containers that restarted in 15 minutes.", "short", ((query, "restarts"),))
