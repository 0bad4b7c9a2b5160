"""Figures that Prometheus computes ahead, for alerts and dashboards: requests, failures, latency, queue depth.

Names follow Prometheus's convention level:metric:operations (prometheus.io/docs/practices/rules).
"""

from api_platform.context import WorkloadContext
from api_platform.observability import series
from api_platform.observability.vantage import Vantage, failed, vantages
from imports.com.coreos import monitoring

WINDOWS = ("5m", "30m", "1h", "6h")
"""The windows that the burn of the error budget is looked at through."""
QUANTILES = (0.5, 0.95, 0.99)

Rule = monitoring.PrometheusRuleSpecGroupsRules


def recording_rules(context: WorkloadContext) -> list[Rule]:
    """Return the workload's records. Their order matters: within a group, later ones read the earlier ones' results."""
    labels = context.series_labels
    rules: list[Rule] = []
    for vantage in vantages(context):
        for window in WINDOWS:
            rules += _traffic(vantage, context, labels, window)
    if context.workload.exposure:
        rules += [_latency(context, labels, quantile) for quantile in QUANTILES]
    if context.workload.consumer:
        depth = f"max({series.queue_depth(context)})"
        rules.append(_record(series.QUEUE_DEPTH, depth, labels))
    return rules


def _traffic(vantage: Vantage, context: WorkloadContext, labels: dict[str, str], window: str) -> list[Rule]:
    """Return requests and failures a second, and the share of the ones in the others.

    Failures are 0, not missing, while requests are seen and none has ever failed. The share is missing, not 0/0, while
    nobody calls: silence is no failure.
    """
    names = [name.format(window=window) for name in (vantage.requests, vantage.failures, vantage.failure_ratio)]
    requests, failures, ratio = names
    requested = series.recorded(requests, context)
    all_of_them = vantage.select("istio_requests_total", context)
    return [
        _record(requests, f"sum(rate({all_of_them}[{window}]))", labels),
        _record(failures, f"{failed(vantage, context, window)}\nor\n0 * sum({requested})", labels),
        _record(ratio, f"{series.recorded(failures, context)}\n/\n({requested} > 0)", labels),
    ]


def _latency(context: WorkloadContext, labels: dict[str, str], quantile: float) -> Rule:
    buckets = series.proxy("istio_request_duration_milliseconds_bucket", context)
    expression = f"histogram_quantile({quantile}, sum by (le) (rate({buckets}[5m])))"
    return _record(series.LATENCY, expression, {**labels, "quantile": str(quantile)})


def _record(name: str, expression: str, labels: dict[str, str]) -> Rule:
    return Rule(record=name, expr=monitoring.PrometheusRuleSpecGroupsRulesExpr.from_string(expression), labels=labels)
