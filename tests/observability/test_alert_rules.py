"""Alerts on what a workload runs on, and on the figures of the business."""

import pytest

from api_platform.environment import Environment, load_environments
from api_platform.observability.alert_rules import alert_rules, business_alert_rules
from api_platform.service import BusinessMetric, Service, UtilizationScaling, Workload
from api_platform.services import all_services
from tests.observability.samples import counter, gauge
from tests.observability.scenario import Promtool, Scenario, cluster_state, firing, series
from tests.observability.specs import a_shop
from tests.specs import a_service, a_workload, an_environment, in_context, service_context


@pytest.mark.slow
@pytest.mark.parametrize(("minutes", "fires"), [(10, False), (15, True)])
def test_an_autoscaler_at_its_maximum_alerts_after_15_minutes(promtool: Promtool, minutes: int, fires: bool) -> None:
    alert = firing(
        "AutoscalerAtMaximum",
        "warning",
        "orders: at its maximum of 10 replicas for 15 minutes",
        "It cannot grow with the load any more. Raise the maximum, or find out where the load comes from.",
    )
    hpa = {"horizontalpodautoscaler": "orders"}
    at_maximum = Scenario(
        series={
            cluster_state("kube_horizontalpodautoscaler_status_desired_replicas", **hpa): gauge(
                (6, 30), (10, minutes + 1), (9, 30)
            ),
            cluster_state("kube_horizontalpodautoscaler_spec_max_replicas", **hpa): gauge((10, 90)),
        },
        alerts=[(30 + minutes, "AutoscalerAtMaximum", [alert] if fires else []), (60, "AutoscalerAtMaximum", [])],
    )
    promtool.play(an_environment(), a_service(), at_maximum)


@pytest.mark.slow
def test_three_restarts_in_a_quarter_of_an_hour_alert(promtool: Promtool) -> None:
    alert = firing(
        "ContainerRestarts",
        "warning",
        "orders: containers restarted 3 times in 15 minutes",
        "It crashes, is killed for its memory, or fails its liveness probe.",
    )
    metric = "kube_pod_container_status_restarts_total"
    crashes = Scenario(
        series={
            cluster_state(metric, pod="orders-1", container="orders"): gauge((0, 30), (1, 3), (2, 60)),
            cluster_state(metric, pod="orders-2", container="orders"): gauge((4, 35), (5, 60)),
            cluster_state(metric, pod="orders-2", container="istio-proxy"): counter((1, 90)),
        },
        alerts=[(32, "ContainerRestarts", []), (38, "ContainerRestarts", [alert]), (60, "ContainerRestarts", [])],
    )
    promtool.play(an_environment(), a_service(), crashes)


@pytest.mark.slow
def test_a_workload_without_a_replica_pages(promtool: Promtool) -> None:
    """Its proxies have gone with it: no request is seen to fail."""
    alert = firing(
        "NoReplicaAvailable",
        "critical",
        "orders: 0 replicas are available",
        "Nothing does its work. Its own proxies are gone too, so the error budget does not show it.",
    )
    available = cluster_state("kube_deployment_status_replicas_available", deployment="orders")
    gone = Scenario(
        series={available: gauge((2, 30), (0, 30))},
        alerts=[(34, "NoReplicaAvailable", []), (36, "NoReplicaAvailable", [alert])],
    )
    promtool.play(an_environment(), a_service(), gone)


@pytest.mark.slow
def test_a_budget_that_lets_no_pod_go_alerts_after_half_an_hour(promtool: Promtool) -> None:
    alert = firing(
        "BudgetBlocksDrain",
        "warning",
        "orders: with 1 healthy pods its budget lets none be evicted",
        "A node that runs one of them cannot be drained, so upgrades of the cluster wait.",
    )
    budget = {"poddisruptionbudget": "orders"}
    blocked = Scenario(
        series={
            cluster_state("kube_poddisruptionbudget_status_current_healthy", **budget): gauge((2, 30), (1, 60)),
            cluster_state("kube_poddisruptionbudget_status_pod_disruptions_allowed", **budget): gauge((1, 30), (0, 60)),
        },
        alerts=[(55, "BudgetBlocksDrain", []), (61, "BudgetBlocksDrain", [alert])],
    )
    promtool.play(an_environment(), a_service(), blocked)


@pytest.mark.slow
def test_a_figure_of_the_business_alerts_above_its_threshold(promtool: Promtool) -> None:
    alert = firing(
        "FailedPayments",
        "warning",
        "failed-payments: 0.75 is above 0.5",
        "Share of payments that failed in the last five minutes.",
        environment="production",
        service="orders",
    )
    payments = Scenario(
        series={
            series("payments_total", result="success"): counter((1, 60)),
            series("payments_total", result="failure"): counter((0, 30), (3, 30)),
        },
        alerts=[(30, "FailedPayments", []), (50, "FailedPayments", [alert])],
    )
    promtool.play(an_environment(), a_shop(), payments)


def alerts_of(workload: Workload) -> set[str]:
    """Return the names of the workload's alerts."""
    return {str(rule.alert) for rule in alert_rules(in_context(an_environment(), a_service(workload), workload))}


def every_service() -> list[tuple[Environment, Service]]:
    return [(env, service) for env in load_environments() for service in all_services(env)]


def test_one_fixed_size_is_never_called_a_maximum() -> None:
    """It is always at it."""
    fixed = a_workload(scaling=UtilizationScaling(minimum=2, maximum=2))
    assert alerts_of(a_workload()) - alerts_of(fixed) == {"AutoscalerAtMaximum"}


def test_a_budget_that_is_acknowledged_to_block_does_not_alert() -> None:
    """It blocks whenever the workload is idle: the alert would never cease."""
    acknowledged = a_workload(acknowledged={"budget-leaves-room-to-drain": "one replica when idle, drained by hand"})
    assert alerts_of(a_workload()) - alerts_of(acknowledged) == {"BudgetBlocksDrain"}


def test_a_metric_without_a_threshold_alerts_nobody() -> None:
    figure = BusinessMetric(name="orders-placed", help="Orders placed a minute.", query="sum(rate(orders_total[1m]))")
    assert business_alert_rules(service_context(an_environment(), a_service(metrics=(figure,)))) == []


@pytest.mark.parametrize(("environment", "service"), every_service(), ids=lambda subject: subject.name)
def test_every_alert_says_what_where_how_bad_and_what_to_do(environment: Environment, service: Service) -> None:
    rules = business_alert_rules(service_context(environment, service))
    for workload in service.workloads:
        rules += alert_rules(in_context(environment, service, workload))
    for rule in rules:
        labels, annotations = rule.labels or {}, rule.annotations or {}
        assert {"environment", "service", "severity"} <= labels.keys()
        assert "$value" in annotations["summary"]
        assert annotations["runbook_url"].startswith(f"{environment.runbooks_url}/")
        assert rule.for_
