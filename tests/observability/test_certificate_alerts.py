"""Alerts on the public certificates."""

import pytest

from tests.observability.ground_series import certificate
from tests.observability.samples import gauge
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment

DAY = 24 * 60 * 60
EXPIRY = "certmanager_certificate_expiration_timestamp_seconds"
READY = "certmanager_certificate_ready_status"


@pytest.mark.slow
@pytest.mark.parametrize(("days", "fires"), [(19, True), (21, False), (0, False)])
def test_it_tells_20_days_before_the_end(days: int, fires: bool, promtool: Promtool) -> None:
    """0 is what cert-manager says of one that was never issued: the other alert is about that."""
    alert = firing(
        "CertificateExpiresSoon",
        "warning",
        "certificate api-tls: expires in 19 days",
        "It should have been renewed days ago. On the day it expires every client refuses the host.",
        environment="production",
        component="cert-manager",
        name="api-tls",
    )
    expires = Scenario(
        series={certificate(EXPIRY): gauge((days * DAY, 120))},
        alerts=[(30, "CertificateExpiresSoon", []), (90, "CertificateExpiresSoon", [alert] if fires else [])],
    )
    promtool.play_platform(an_environment(), expires)


@pytest.mark.slow
@pytest.mark.parametrize("condition", ["False", "Unknown"])
def test_a_certificate_that_is_not_ready_pages_after_a_quarter_of_an_hour(condition: str, promtool: Promtool) -> None:
    alert = firing(
        "CertificateNotReady",
        "critical",
        "certificate api-tls: there is no valid one",
        "It has expired, or was never issued: clients refuse the host before they send any request.",
        environment="production",
        component="cert-manager",
        name="api-tls",
    )
    not_ready = Scenario(
        series={
            certificate(READY, condition="True"): gauge((1, 30), (0, 30)),
            certificate(READY, condition=condition): gauge((0, 30), (1, 30)),
        },
        alerts=[(44, "CertificateNotReady", []), (46, "CertificateNotReady", [alert])],
    )
    promtool.play_platform(an_environment(), not_ready)
