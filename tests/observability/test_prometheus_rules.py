"""A service's rules as Prometheus runs them, all together: that it takes them, and when they stay silent."""

import pytest

from api_platform.environment import load_environments
from api_platform.services import all_services
from tests.observability.samples import counter, gauge
from tests.observability.scenario import FIRED, Promtool, Scenario, cluster_state, durations, record, requests, series
from tests.observability.specs import a_shop
from tests.specs import an_environment

DAY = 24 * 60


@pytest.mark.slow
def test_prometheus_loads_the_rules_of_every_service_and_of_the_platform(promtool: Promtool) -> None:
    for environment in load_environments():
        for service in all_services(environment):
            promtool.check(environment, service)
        promtool.check_platform(environment)


@pytest.mark.slow
def test_a_healthy_day_with_a_quiet_night_fires_nothing(promtool: Promtool) -> None:
    """The night's share of failures is 0/0, and its one failure in one request is 100 %."""
    requests_now = "workload:istio_requests:rate5m"
    ratio_now = "workload:istio_request_failures_per_requests:ratio_rate5m"
    hpa, budget = {"horizontalpodautoscaler": "orders"}, {"poddisruptionbudget": "orders"}
    container = {"pod": "orders-1", "container": "orders"}
    day = Scenario(
        series={
            requests("200"): counter((10, 480), (0, 480), (10, 480)),
            requests("500"): counter((0.005, 480), (0, 240), (1 / 60, 1), (0, 239), (0.005, 480)),
            durations("250"): counter((9.8, 480), (0, 480), (9.8, 480)),
            durations("500"): counter((9.9, 480), (0, 480), (9.9, 480)),
            durations("+Inf"): counter((10, 480), (0, 480), (10, 480)),
            cluster_state("kube_horizontalpodautoscaler_status_desired_replicas", **hpa): gauge((4, DAY)),
            cluster_state("kube_horizontalpodautoscaler_spec_max_replicas", **hpa): gauge((10, DAY)),
            cluster_state("kube_deployment_status_replicas_available", deployment="orders"): gauge((4, DAY)),
            cluster_state("kube_poddisruptionbudget_status_current_healthy", **budget): gauge((4, DAY)),
            cluster_state("kube_poddisruptionbudget_status_pod_disruptions_allowed", **budget): gauge((3, DAY)),
            cluster_state("kube_pod_container_status_restarts_total", **container): gauge((0, 600), (1, 840)),
            series("payments_total", result="success"): counter((1, 480), (0, 480), (1, 480)),
            series("payments_total", result="failure"): counter((0.1, 480), (0, 480), (0.1, 480)),
        },
        samples=[
            (DAY - 1, FIRED, []),
            (DAY - 1, requests_now, [record(requests_now, 10.005)]),
            (700, ratio_now, []),
        ],
    )
    promtool.play(an_environment(), a_shop(), day)


@pytest.mark.slow
def test_no_series_at_all_fires_nothing(promtool: Promtool) -> None:
    promtool.play(an_environment(), a_shop(), Scenario(series={}, samples=[(8 * 60, FIRED, [])]))
