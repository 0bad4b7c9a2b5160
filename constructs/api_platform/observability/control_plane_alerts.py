"""The alert for configuration that the mesh does not take."""

from api_platform.observability.alert import Alert

_REJECTS = "pilot_total_xds_rejects"
"""istiod's counter of what a proxy has refused. It does not exist before the first refusal."""


def configuration_rejected() -> Alert:
    """Return the alert: a proxy has refused what istiod sent, and goes on by what it had."""
    return Alert(
        name="ConfigurationRejected",
        severity="warning",
        # A counter that is born at 1 has not increased.
        expression=(f"sum(increase({_REJECTS}[15m])) > 0\nor\nsum({_REJECTS} unless {_REJECTS} offset 15m) > 0"),
        for_minutes=1,
        summary='istiod: proxies refused its configuration {{ printf "%.0f" $value }} times in 15 minutes',
        description="They keep what they had: a change of routes or policies is not in force.",
    )
