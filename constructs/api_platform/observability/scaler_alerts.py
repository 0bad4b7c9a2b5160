"""The alert for a queue that KEDA cannot read."""

from typing import Final

from api_platform.observability.alert import Alert

ERRORS: Final = 3
"""In ten minutes: KEDA asks every half minute, and AWS may stumble."""


def scaler_fails() -> Alert:
    """Return the alert, one for each ScaledObject."""
    return Alert(
        name="ScalerFails",
        severity="warning",
        expression=f"sum by (scaledObject) (increase(keda_scaler_detail_errors_total[10m])) > {ERRORS}",
        for_minutes=5,
        summary=(
            '{{ $labels.scaledObject }}: KEDA failed {{ printf "%.0f" $value }} times in 10 minutes to read its queue'
        ),
        description="It does not scale by what waits: after a while it stays at its fallback, whatever comes.",
    )
