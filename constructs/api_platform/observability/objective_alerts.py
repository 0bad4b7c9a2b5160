"""Alerts on what the workload promises its callers: availability and latency."""

from dataclasses import dataclass

from api_platform.context import WorkloadContext
from api_platform.observability import series
from api_platform.observability.alert import Alert, Severity
from api_platform.observability.turned_away import caller_turned_away
from api_platform.observability.vantage import Vantage, patience_milliseconds, vantages
from api_platform.service import Exposure

FEWEST_FAILURES = 5
"""Where few call, a single failure would be a large share of the requests; so few of them alert nobody."""
CERTAIN_FAILURE_RATIO = 0.9
"""So large a share of failures counts as a burst under any objective: the largest budgets could not burn faster."""


@dataclass(frozen=True)
class Burn:
    """How fast the error budget may burn before somebody is told (Google's SRE workbook, chapter 5).

    The long window shows that it matters, the short one that it still goes on; only both together alert.
    """

    alert: str
    severity: Severity
    factor: float
    """1 uses up the budget in exactly 30 days."""
    long_window: str
    long_window_seconds: int
    short_window: str
    for_minutes: int


BURNS = (
    Burn("ErrorBudgetBurnsFast", "critical", 14.4, "1h", 3600, "5m", 2),
    Burn("ErrorBudgetBurnsSlowly", "warning", 6, "6h", 21600, "30m", 15),
)


def objective_alerts(context: WorkloadContext) -> list[Alert]:
    """Return the alerts of a workload that answers requests; none for another."""
    if context.workload.exposure is None:
        return []
    burns = [_burn_alert(context, context.workload.exposure, burn) for burn in BURNS]
    return [
        *burns,
        caller_turned_away(context, context.workload.exposure),
        _latency(context, context.workload.exposure),
    ]


def _burn_alert(context: WorkloadContext, exposure: Exposure, burn: Burn) -> Alert:
    threshold = f"{min(burn.factor * error_budget(exposure), CERTAIN_FAILURE_RATIO):.6g}"
    seen = [_burns(vantage, context, burn, threshold) for vantage in vantages(context)]
    return Alert(
        name=burn.alert,
        severity=burn.severity,
        # One after the other, not one sum: a failure that all of the world sees must not drown in calls of the mesh.
        expression=seen[0] if len(seen) == 1 else "\nor\n".join(f"(\n{one}\n)" for one in seen),
        for_minutes=burn.for_minutes,
        summary=f"{context.name}: {{{{ $value | humanizePercentage }}}} of requests failed in {burn.long_window}",
        description=(
            f"The objective is {exposure.objectives.availability_percent:g} % without a failure over 30 days: a 5xx, "
            f"or no answer to a caller that waited for {patience_milliseconds(exposure) / 1000:g} seconds. "
            f"At {burn.factor:g} times the pace that it allows, the error budget is gone in "
            f"{30 * 24 / burn.factor:.0f} hours."
        ),
    )


def _burns(vantage: Vantage, context: WorkloadContext, burn: Burn, threshold: str) -> str:
    def recorded(name: str, window: str) -> str:
        return series.recorded(name.format(window=window), context)

    return (
        f"{recorded(vantage.failure_ratio, burn.long_window)} > {threshold}\n"
        "and\n"
        f"{recorded(vantage.failure_ratio, burn.short_window)} > {threshold}\n"
        "and\n"
        f"{recorded(vantage.failures, burn.long_window)} * {burn.long_window_seconds} >= {FEWEST_FAILURES}"
    )


def error_budget(exposure: Exposure) -> float:
    """Return the share of requests that may fail."""
    return round(1 - exposure.objectives.availability_percent / 100, 8)


def _latency(context: WorkloadContext, exposure: Exposure) -> Alert:
    objective = exposure.objectives.p95_latency_milliseconds
    return Alert(
        name="LatencyAboveObjective",
        severity="warning",
        expression=f"max({series.recorded(series.LATENCY, context, quantile='0.95')}) > {objective}",
        for_minutes=10,
        summary=f'{context.name}: 5 of 100 requests take longer than {{{{ printf "%.0f" $value }}}} ms',
        description=f"The objective is {objective} ms for 95 of 100 requests, as the workload's own proxy measures it.",
    )
