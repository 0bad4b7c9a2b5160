from typing import Any

from api_platform.plan.risks.gateway_tls_lowered import gateway_tls_lowered
from tests.plan.sides import Sides
from tests.rules.platform import Platform


def server(side: Platform, position: int) -> Any:
    return side.one("Gateway", "public")["spec"]["servers"][position]


def test_a_redirect_that_goes_is_found(sides: Sides) -> None:
    server(sides.after, 0)["tls"] = {}
    assert sides.values(gateway_tls_lowered) == [
        ("Gateway istio-ingress/public", "server http: no longer redirects to HTTPS")
    ]


def test_an_older_version_is_found(sides: Sides) -> None:
    for side, version in ((sides.before, "TLSV1_3"), (sides.after, "TLSV1_2")):
        server(side, 1)["tls"]["minProtocolVersion"] = version
    assert [value for _, value in sides.values(gateway_tls_lowered)] == [
        "server https-orders: accepts TLSV1_2; it was TLSV1_3 at the least"
    ]


def test_a_newer_version_is_no_risk(sides: Sides) -> None:
    server(sides.after, 1)["tls"]["minProtocolVersion"] = "TLSV1_3"
    assert sides.risks(gateway_tls_lowered) == []
