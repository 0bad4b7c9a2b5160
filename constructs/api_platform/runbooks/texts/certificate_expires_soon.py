"""A certificate is not renewed."""

from api_platform.observability.certificate_alerts import DAYS_LEFT
from api_platform.runbooks.runbook import AlertLimit, Runbook
from api_platform.runbooks.texts.certificate_not_ready import LOOKS, WAYS_OUT

RUNBOOK = Runbook(
    alert="CertificateExpiresSoon",
    says="A certificate has less time left than it has when cert-manager has renewed it: the renewal fails.",
    noticed="Nothing, until the day on which it expires.",
    limit=AlertLimit("days left", lambda _: f"less than {DAYS_LEFT}"),
    looks=LOOKS,
    ways_out=WAYS_OUT,
)
