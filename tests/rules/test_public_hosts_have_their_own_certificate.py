from typing import Any

from api_platform.rules import PLATFORM
from api_platform.rules.public_hosts_have_their_own_certificate import RULE
from tests.rules.platform import Platform


def secure_server(platform: Platform) -> dict[str, Any]:
    server: dict[str, Any] = platform.one("Gateway", "public")["spec"]["servers"][1]
    return server


def test_a_host_that_no_server_serves_is_found(platform: Platform) -> None:
    platform.one("VirtualService", "orders")["spec"]["hosts"].append("shop.example.com")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        "orders",
        "VirtualService/orders: no TLS server of its gateways serves shop.example.com",
    )


def test_a_host_of_another_gateway_is_found(platform: Platform) -> None:
    platform.one("VirtualService", "orders")["spec"]["gateways"] = ["istio-ingress/internal", "mesh"]
    assert platform.subjects(RULE) == ["orders"]


def test_a_host_that_is_served_without_tls_alone_is_found(platform: Platform) -> None:
    del platform.one("Gateway", "public")["spec"]["servers"][1]
    assert platform.subjects(RULE) == ["orders"]


def test_a_server_without_a_certificate_is_found(platform: Platform) -> None:
    secure_server(platform)["tls"]["credentialName"] = "shop-tls"
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (
        PLATFORM,
        "Gateway/public: no certificate shop-tls for orders.example.com",
    )


def test_a_certificate_in_another_namespace_is_none(platform: Platform) -> None:
    """The gateway looks `credentialName` up beside itself."""
    platform.one("Certificate", "orders-tls")["metadata"]["namespace"] = "production"
    assert platform.subjects(RULE) == [PLATFORM]


def test_a_certificate_for_two_hosts_is_found(platform: Platform) -> None:
    """A browser reuses the connection of the first host for the second, and is answered 404."""
    platform.one("Certificate", "orders-tls")["spec"]["dnsNames"].append("shop.example.com")
    (finding,) = platform.ask(RULE)
    assert "is for more than one host or server" in finding.value


def test_a_certificate_over_two_servers_is_found(platform: Platform) -> None:
    platform.one("Gateway", "public")["spec"]["servers"].append(secure_server(platform))
    assert platform.subjects(RULE) == [PLATFORM, PLATFORM]


def test_a_servers_host_may_name_a_namespace(platform: Platform) -> None:
    secure_server(platform)["hosts"] = ["production/orders.example.com"]
    assert platform.ask(RULE) == []
