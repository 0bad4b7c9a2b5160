"""Alerts on what the workload promises its callers: availability and latency."""

from dataclasses import dataclass

from api_platform.context import WorkloadContext
from api_platform.observability import series
from api_platform.observability.alert import Alert, Severity
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
    return [*burns, _latency_alert(context, context.workload.exposure)]


def _burn_alert(context: WorkloadContext, exposure: Exposure, burn: Burn) -> Alert:
    def recorded(name: str, window: str) -> str:
        return series.recorded(name.format(window=window), context)

    budget = error_budget(exposure)
    threshold = f"{min(burn.factor * budget, CERTAIN_FAILURE_RATIO):.6g}"
    return Alert(
        name=burn.alert,
        severity=burn.severity,
        expression=(
            f"{recorded(series.FAILURE_RATIO, burn.long_window)} > {threshold}\n"
            "and\n"
            f"{recorded(series.FAILURE_RATIO, burn.short_window)} > {threshold}\n"
            "and\n"
            f"{recorded(series.FAILURES, burn.long_window)} * {burn.long_window_seconds} >= {FEWEST_FAILURES}"
        ),
        for_minutes=burn.for_minutes,
        summary=f"{context.name}: {{{{ $value | humanizePercentage }}}} of requests failed in {burn.long_window}",
        description=(
            f"The objective is {exposure.objectives.availability_percent:g} % without a 5xx over 30 days. "
            f"At {burn.factor:g} times the pace that it allows, the error budget is gone in "
            f"{30 * 24 / burn.factor:.0f} hours."
        ),
    )


def error_budget(exposure: Exposure) -> float:
    """Return the share of requests that may fail."""
    return round(1 - exposure.objectives.availability_percent / 100, 8)


def _latency_alert(context: WorkloadContext, exposure: Exposure) -> Alert:
    objective = exposure.objectives.p95_latency_milliseconds
    return Alert(
        name="LatencyAboveObjective",
        severity="warning",
        expression=f"max({series.recorded(series.LATENCY, context, quantile='0.95')}) > {objective}",
        for_minutes=10,
        summary=f'{context.name}: 5 of 100 requests take longer than {{{{ printf "%.0f" $value }}}} ms',
        description=f"The objective is {objective} ms for 95 of 100 requests, as the workload's own proxy measures it.",
    )
