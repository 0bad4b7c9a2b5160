"""The alert for what the gateway answers before it knows whom is called; the rest is in the services' error budgets."""

from typing import Final

from api_platform.observability import series
from api_platform.observability.alert import Alert

MOST: Final = 0.5
"""Share of all that the gateway is asked. Scanners ask it for hosts that it has not, but less than users ask."""
FEWEST_A_SECOND: Final = 1
"""At night scanners may well be most of those who ask."""


def gateway_finds_no_route() -> Alert:
    """Return the alert: the hosts are there, and no VirtualService says where their requests go."""
    requests = series.at_gateway("istio_requests_total")
    lost = f"sum(rate({series.at_gateway('istio_requests_total', response_flags='NR')}[5m]))"
    return Alert(
        name="GatewayFindsNoRoute",
        severity="critical",
        expression=f"{lost}\n/\nsum(rate({requests}[5m])) > {MOST}\nand\n{lost} >= {FEWEST_A_SECOND}",
        for_minutes=5,
        summary="gateway: {{ $value | humanizePercentage }} of requests are answered 404, for want of a route",
        description="A VirtualService is gone, or names another host or gateway. No service's error budget shows it.",
    )
