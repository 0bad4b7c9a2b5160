"""The alert for requests that find no route."""

import pytest

from tests.observability.ground_series import at_gateway, without_a_route
from tests.observability.samples import counter
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment


@pytest.mark.slow
@pytest.mark.parametrize(
    ("served", "lost", "fires"),
    [(1, 3, True), (3, 1, False), (0.05, 0.5, False)],
    ids=["most of them", "scanners by day", "scanners by night"],
)
def test_it_pages_when_most_requests_find_none(served: float, lost: float, fires: bool, promtool: Promtool) -> None:
    alert = firing(
        "GatewayFindsNoRoute",
        "critical",
        "gateway: 75% of requests are answered 404, for want of a route",
        "A VirtualService is gone, or names another host or gateway. No service's error budget shows it.",
        environment="production",
        component="istio-ingressgateway",
    )
    asked = Scenario(
        series={at_gateway("200"): counter((served, 60)), without_a_route(): counter((lost, 60))},
        alerts=[(59, "GatewayFindsNoRoute", [alert] if fires else [])],
    )
    promtool.play_platform(an_environment(), asked)
