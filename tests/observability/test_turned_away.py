"""The alert for a policy that turns callers away."""

import pytest

from api_platform.observability.turned_away import caller_turned_away
from tests.observability.samples import counter
from tests.observability.scenario import FIRED, Promtool, Scenario, firing, requests
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context


@pytest.mark.slow
def test_it_names_the_caller_and_cease_when_it_is_let_in_again(promtool: Promtool) -> None:
    alert = firing(
        "CallerTurnedAway",
        "warning",
        "orders: 100% of the calls by checkout are forbidden (403)",
        "A policy does not know this caller any more, or the service itself refuses nearly everybody.",
        environment="production",
        service="orders",
        workload="orders",
        source_workload="checkout",
    )
    away = Scenario(
        series={
            requests("200"): counter((1, 30), (0, 30), (1, 30)),
            requests("403"): counter((0, 30), (1, 30), (0, 30)),
            requests("200", source_workload="invoices"): counter((9, 90)),
        },
        alerts=[(29, "CallerTurnedAway", []), (50, "CallerTurnedAway", [alert]), (80, "CallerTurnedAway", [])],
    )
    promtool.play(an_environment(), a_service(), away)


@pytest.mark.slow
def test_half_of_the_calls_forbidden_is_the_services_own_business(promtool: Promtool) -> None:
    """Somebody tries credentials; a service that refuses them does its work."""
    tried = Scenario(
        series={requests("200"): counter((1, 60)), requests("403"): counter((1, 60))}, samples=[(59, FIRED, [])]
    )
    promtool.play(an_environment(), a_service(), tried)


@pytest.mark.slow
def test_four_refusals_are_no_outage(promtool: Promtool) -> None:
    few = Scenario(series={requests("403"): "0 1 2 3 4x56"}, samples=[(60, FIRED, [])])
    promtool.play(an_environment(), a_service(), few)


@pytest.mark.parametrize(("subdomain", "severity"), [("orders", "critical"), (None, "warning")])
def test_it_pages_for_what_the_world_calls(subdomain: str | None, severity: str) -> None:
    exposure = an_exposure(subdomain=subdomain)
    workload = a_workload(exposure=exposure)
    context = in_context(an_environment(), a_service(workload), workload)
    assert caller_turned_away(context, exposure).severity == severity
