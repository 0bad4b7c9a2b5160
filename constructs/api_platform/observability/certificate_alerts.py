"""Alerts on the public certificates, from what cert-manager says of them.

By the certificate's name alone: whether its namespace is `namespace` or `exported_namespace` hangs on how cert-manager
is scraped.
"""

from typing import Final

from api_platform.observability import series
from api_platform.observability.alert import Alert

DAYS_LEFT: Final = 20
"""cert-manager renews a certificate of 90 days 30 days before its end: then it has tried for ten days."""


def certificate_alerts() -> list[Alert]:
    """Return them: first that a renewal fails, then that there is no valid certificate."""
    return [_expires_soon(), _not_ready()]


def _expires_soon() -> Alert:
    # 0: not issued yet.
    expiry = "certmanager_certificate_expiration_timestamp_seconds > 0"
    return Alert(
        name="CertificateExpiresSoon",
        severity="warning",
        expression=f"(min by (name) ({expiry}) - time()) / 86400 < {DAYS_LEFT}",
        for_minutes=60,
        summary='certificate {{ $labels.name }}: expires in {{ printf "%.0f" $value }} days',
        description="It should have been renewed days ago. On the day it expires every client refuses the host.",
    )


def _not_ready() -> Alert:
    not_ready = series.select("certmanager_certificate_ready_status", 'condition!="True"')
    return Alert(
        name="CertificateNotReady",
        severity="critical",
        expression=f"max by (name) ({not_ready}) == 1",
        for_minutes=15,
        summary="certificate {{ $labels.name }}: there is no valid one",
        description="It has expired, or was never issued: clients refuse the host before they send any request.",
    )
