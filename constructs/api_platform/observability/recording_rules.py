"""Figures that Prometheus computes ahead, for alerts and dashboards: requests, failures, latency, queue depth.

Names follow Prometheus's convention level:metric:operations (prometheus.io/docs/practices/rules).
"""

from api_platform.environment import Environment
from api_platform.observability import series
from api_platform.service import Service, Workload
from imports.com.coreos import monitoring

WINDOWS = ("5m", "30m", "1h", "6h")
"""The windows that the burn of the error budget is looked at through."""
QUANTILES = (0.5, 0.95, 0.99)

Rule = monitoring.PrometheusRuleSpecGroupsRules


def identity(environment: Environment, service: Service, workload: Workload | None = None) -> dict[str, str]:
    """Return the labels of every record and every alert of a service, or of one of its workloads."""
    labels = {"environment": environment.name, "service": service.name}
    return {**labels, "workload": workload.name} if workload else labels


def recording_rules(environment: Environment, service: Service, workload: Workload) -> list[Rule]:
    """Return the workload's records. Their order matters: within a group, later ones read the earlier ones' results."""
    labels = identity(environment, service, workload)
    rules: list[Rule] = []
    if workload.exposure:
        for window in WINDOWS:
            rules += _traffic(environment, workload, labels, window)
        rules += [_latency(environment, workload, labels, quantile) for quantile in QUANTILES]
    if workload.consumer:
        depth = f"max({series.queue_depth(environment, workload)})"
        rules.append(_record(series.QUEUE_DEPTH, depth, labels))
    return rules


def _traffic(environment: Environment, workload: Workload, labels: dict[str, str], window: str) -> list[Rule]:
    """Return requests and failures a second, and the share of the ones in the others.

    Failures are 0, not missing, while requests are seen and none has ever failed. The share is missing, not 0/0, while
    nobody calls: silence is no failure.
    """
    names = [name.format(window=window) for name in (series.REQUESTS, series.FAILURES, series.FAILURE_RATIO)]
    requests, failures, ratio = names
    requested = series.recorded(requests, environment, workload)
    failed = series.recorded(failures, environment, workload)
    all_of_them = series.proxy("istio_requests_total", environment, workload)
    server_errors = series.proxy("istio_requests_total", environment, workload, 'response_code=~"5.."')
    return [
        _record(requests, f"sum(rate({all_of_them}[{window}]))", labels),
        _record(failures, f"sum(rate({server_errors}[{window}]))\nor\n0 * sum({requested})", labels),
        _record(ratio, f"{failed}\n/\n({requested} > 0)", labels),
    ]


def _latency(environment: Environment, workload: Workload, labels: dict[str, str], quantile: float) -> Rule:
    buckets = series.proxy("istio_request_duration_milliseconds_bucket", environment, workload)
    expression = f"histogram_quantile({quantile}, sum by (le) (rate({buckets}[5m])))"
    return _record(series.LATENCY, expression, {**labels, "quantile": str(quantile)})


def _record(name: str, expression: str, labels: dict[str, str]) -> Rule:
    return Rule(record=name, expr=monitoring.PrometheusRuleSpecGroupsRulesExpr.from_string(expression), labels=labels)
