"""The alert for a secret that External Secrets cannot copy."""

from api_platform.observability import series
from api_platform.observability.alert import Alert


def secret_not_synced() -> Alert:
    """Return the alert, one for each ExternalSecret.

    By its condition, and not by `externalsecret_sync_calls_error`: retries become rarer, so that an hour of failures
    adds few errors, while the condition stays false until a copy succeeds.
    """
    failing = series.select("externalsecret_status_condition", condition="Ready", status="False")
    return Alert(
        name="SecretNotSynced",
        severity="warning",
        expression=f"max by (name) ({failing}) == 1",
        for_minutes=15,
        summary="secret {{ $labels.name }}: is not copied from Secrets Manager",
        description="Pods keep what was copied last: after a rotation they are refused, and new ones may not start.",
    )
