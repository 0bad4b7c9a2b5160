"""The figures that Prometheus computes ahead."""

import re

import pytest

from api_platform.environment import load_environments
from api_platform.observability.recording_rules import recording_rules
from api_platform.services import all_services
from tests.observability.samples import counter, gauge
from tests.observability.scenario import Promtool, Scenario, record, requests, series
from tests.observability.specs import a_worker
from tests.specs import a_service, an_environment, in_context


@pytest.mark.slow
def test_only_calls_count_and_each_once(promtool: Promtool) -> None:
    """Prometheus's own scrapes pass the proxy in plain text, and callers report the same requests again."""
    name, ratio = "workload:istio_requests:rate5m", "workload:istio_request_failures_per_requests:ratio_rate5m"
    mixed = Scenario(
        series={
            requests("200"): counter((3, 20)),
            requests("404"): counter((1, 20)),
            requests("200", connection_security_policy="none", source_workload="unknown"): counter((7, 20)),
            requests("200", reporter="source"): counter((3, 20)),
            requests("200", destination_workload="invoices"): counter((5, 20)),
        },
        samples=[(19, name, [record(name, 4)]), (19, ratio, [record(ratio, 0)])],
    )
    promtool.play(an_environment(), a_service(), mixed)


@pytest.mark.slow
def test_the_depth_of_the_queue_is_the_workloads_own(promtool: Promtool) -> None:
    """KEDA publishes a series for each queue, from each operator that ever led, in the operator's own namespace."""

    def depth(queue: str, pod: str = "keda-operator-1") -> str:
        return series(
            "keda_scaler_metrics_value",
            namespace="keda",
            exported_namespace="production",
            scaledObject=queue,
            scaler="awsSqsQueueScaler",
            triggerIndex="0",
            metric=f"s0-aws-sqs-production-{queue}",
            type="scaledobject",
            pod=pod,
        )

    name = "workload:keda_scaler_metrics_value:max"
    queues = Scenario(
        series={
            depth("orders"): gauge((1234, 10)),
            depth("orders", pod="keda-operator-2"): gauge((1200, 10)),
            depth("orders-archive"): gauge((9000, 10)),
        },
        samples=[(9, name, [record(name, 1234)])],
    )
    promtool.play(an_environment(), a_service(a_worker()), queues)


def test_names_follow_level_metric_operations() -> None:
    """Prometheus's convention: what is left of the first colon says which labels are left."""
    (production,) = load_environments("production")
    for service in all_services(production):
        for workload in service.workloads:
            for rule in recording_rules(in_context(production, service, workload)):
                assert re.fullmatch(r"workload(_quantile)?:[a-z_]+:[a-z0-9_]+", str(rule.record))


def test_a_workload_that_answers_no_requests_has_no_latency() -> None:
    names = {rule.record for rule in recording_rules(in_context(an_environment(), a_service(a_worker()), a_worker()))}
    assert names == {"workload:keda_scaler_metrics_value:max"}
