"""The alert for a policy that turns callers away.

It answers 403, which is no failure to an error budget: services refuse callers by the same code, and rightly. That
nearly every call is refused is another matter.
"""

from typing import Final

from api_platform.context import WorkloadContext
from api_platform.observability.alert import Alert
from api_platform.observability.vantage import Vantage, vantages
from api_platform.service import Exposure

NEARLY_ALL: Final = 0.9
"""Share of 403 in all of one caller's answers. Wrong passwords and scanners do not reach it beside real traffic."""
FEWEST_REFUSALS: Final = 5
"""In five minutes. Fewer are a mistyped test by hand."""


def caller_turned_away(context: WorkloadContext, exposure: Exposure) -> Alert:
    """Return the alert: one for each caller that is refused, be it the gateway for the whole world."""
    return Alert(
        name="CallerTurnedAway",
        severity="critical" if exposure.subdomain else "warning",
        expression="\nor\n".join(_refused(vantage, context) for vantage in vantages(context)),
        for_minutes=5,
        summary=(
            f"{context.name}: {{{{ $value | humanizePercentage }}}} of the calls by "
            "{{ $labels.source_workload }} are forbidden (403)"
        ),
        description="A policy does not know this caller any more, or the service itself refuses nearly everybody.",
    )


def _refused(vantage: Vantage, context: WorkloadContext) -> str:
    def rate(*conditions: str) -> str:
        return f"sum by (source_workload) (rate({vantage.select('istio_requests_total', context, *conditions)}[5m]))"

    refusals = rate('response_code="403"')
    return f"({refusals}\n/\n{rate()} > {NEARLY_ALL}\nand\n{refusals} * 300 >= {FEWEST_REFUSALS})"
