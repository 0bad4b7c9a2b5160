"""Alerts on what a workload promises: availability and latency."""

from typing import Any

import pytest

from api_platform.observability.alert import Alert
from api_platform.observability.objective_alerts import objective_alerts
from api_platform.service import Objectives, Workload
from tests.observability.samples import absent, counter
from tests.observability.scenario import FIRED, Promtool, Scenario, durations, firing, record, requests
from tests.observability.specs import a_worker
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context


def burning(alert: str, severity: str, summary: str, pace: str, hours: int) -> dict[str, Any]:
    description = (
        "The objective is 99.9 % without a failure over 30 days: a 5xx, or no answer to a caller that waited for 5 "
        f"seconds. At {pace} times the pace that it allows, the error budget is gone in {hours} hours."
    )
    return firing(alert, severity, summary, description)


@pytest.mark.slow
def test_a_burst_of_errors_pages_and_ceases_when_it_is_over(promtool: Promtool) -> None:
    page = burning("ErrorBudgetBurnsFast", "critical", "orders: 5.004% of requests failed in 1h", "14.4", 50)
    burst = Scenario(
        series={
            requests("200"): counter((10, 120), (8, 30), (10, 60)),
            requests("503"): f"{absent(120)} {counter((2, 30), (0, 60))}",
        },
        alerts=[
            (119, "ErrorBudgetBurnsFast", []),
            (135, "ErrorBudgetBurnsFast", [page]),
            (165, "ErrorBudgetBurnsFast", []),
        ],
    )
    promtool.play(an_environment(), a_service(), burst)


@pytest.mark.slow
def test_a_slow_leak_makes_a_ticket_and_no_page(promtool: Promtool) -> None:
    ticket = burning("ErrorBudgetBurnsSlowly", "warning", "orders: 1% of requests failed in 6h", "6", 120)
    leak = Scenario(
        series={requests("200"): counter((9.9, 420)), requests("500"): counter((0.1, 420))},
        alerts=[(400, "ErrorBudgetBurnsSlowly", [ticket]), (400, "ErrorBudgetBurnsFast", [])],
    )
    promtool.play(an_environment(), a_service(), leak)


@pytest.mark.slow
def test_a_handful_of_failures_pages_nobody_however_few_call(promtool: Promtool) -> None:
    """Four failures in four requests are 100 %, and one mistyped test by hand."""
    few = Scenario(series={requests("500"): "0 1 2 3 4x56"}, samples=[(60, FIRED, [])])
    promtool.play(an_environment(), a_service(), few)


@pytest.mark.slow
def test_a_failure_under_small_traffic_pages_when_it_goes_on(promtool: Promtool) -> None:
    few = Scenario(
        series={requests("500"): counter((1 / 60, 60))},
        samples=[(59, 'count(ALERTS{alertstate="firing", severity="critical"})', [("{}", 1)])],
    )
    promtool.play(an_environment(), a_service(), few)


@pytest.mark.slow
def test_slow_answers_alert_after_ten_minutes(promtool: Promtool) -> None:
    description = "The objective is 500 ms for 95 of 100 requests, as the workload's own proxy measures it."
    summary = "orders: 5 of 100 requests take longer than 750 ms"
    name = "workload_quantile:istio_request_duration_milliseconds:histogram_quantile_rate5m"
    slow = Scenario(
        series={
            durations("500"): counter((10, 60), (9, 30)),
            durations("1000"): counter((10, 90)),
            durations("+Inf"): counter((10, 90)),
        },
        alerts=[
            (59, "LatencyAboveObjective", []),
            (68, "LatencyAboveObjective", []),
            (89, "LatencyAboveObjective", [firing("LatencyAboveObjective", "warning", summary, description)]),
        ],
        samples=[
            (50, f'{name}{{quantile="0.5"}}', [record(name, 250, quantile="0.5")]),
            (50, f'{name}{{quantile="0.99"}}', [record(name, 495, quantile="0.99")]),
        ],
    )
    promtool.play(an_environment(), a_service(), slow)


def alerts_of(workload: Workload) -> list[Alert]:
    return objective_alerts(in_context(an_environment(), a_service(workload), workload))


def test_a_workload_that_answers_no_requests_promises_nothing() -> None:
    assert alerts_of(a_worker()) == []


@pytest.mark.parametrize(("availability", "threshold"), [(99.9, "0.0144"), (99.95, "0.0072"), (95, "0.72")])
def test_the_page_comes_at_14_times_the_pace_that_the_objective_allows(availability: float, threshold: str) -> None:
    """Binary fractions must not show: 1 - 0.999 is 0.0010000000000000009."""
    objectives = Objectives(availability_percent=availability)
    workload = a_workload(exposure=an_exposure(objectives=objectives))
    page, *_ = alerts_of(workload)
    assert page.expression.count(f" > {threshold}\n") == 2


def test_a_total_failure_pages_under_the_laxest_objective() -> None:
    """14.4 times a budget of 9 % would be 130 % of the requests: the alert could never fire."""
    workload = a_workload(exposure=an_exposure(objectives=Objectives(availability_percent=91)))
    page, *_ = alerts_of(workload)
    assert " > 0.9\n" in page.expression
