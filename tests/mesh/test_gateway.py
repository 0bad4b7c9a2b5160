from typing import Any

from api_platform.context import PlatformContext
from api_platform.mesh.gateway import gateway
from tests.rendering import Manifest, object_of, objects_of
from tests.specs import a_service, a_workload, an_environment, an_exposure

ENVIRONMENT = an_environment(domain="shop.example")
SERVICES = [a_service(a_workload(name=name, exposure=an_exposure(subdomain=name))) for name in ("orders", "pictures")]


def rendered() -> Manifest:
    return object_of(lambda chart: gateway(chart, PlatformContext.of(ENVIRONMENT, SERVICES)))


def servers_on(port: int) -> list[dict[str, Any]]:
    return [server for server in rendered()["spec"]["servers"] if server["port"]["number"] == port]


def test_it_lies_beside_the_gateways_pods() -> None:
    """`credentialName` is looked up in their namespace."""
    assert rendered()["metadata"]["namespace"] == "istio-ingress"


def test_it_selects_the_gateways_pods() -> None:
    assert rendered()["spec"]["selector"] == {"istio": "ingressgateway"}


def test_plain_http_is_redirected() -> None:
    (server,) = servers_on(80)
    assert (server["port"]["protocol"], server["tls"]) == ("HTTP", {"httpsRedirect": True})


def test_every_public_host_is_redirected() -> None:
    (server,) = servers_on(80)
    assert server["hosts"] == ["orders.shop.example", "pictures.shop.example"]


def test_every_host_has_a_server_of_its_own() -> None:
    """One server for two hosts means one certificate for both, and HTTP/2 reuse that ends in 404."""
    assert [server["hosts"] for server in servers_on(443)] == [["orders.shop.example"], ["pictures.shop.example"]]


def test_every_host_has_a_certificate_of_its_own() -> None:
    assert [server["tls"]["credentialName"] for server in servers_on(443)] == ["orders-tls", "pictures-tls"]


def test_tls_ends_at_the_gateway() -> None:
    assert {(server["port"]["protocol"], server["tls"]["mode"]) for server in servers_on(443)} == {("HTTPS", "SIMPLE")}


def test_nothing_older_than_tls_1_2_is_spoken() -> None:
    assert {server["tls"]["minProtocolVersion"] for server in servers_on(443)} == {"TLSV1_2"}


def test_port_names_are_unique() -> None:
    """Istio merges servers by the port's name."""
    names = [server["port"]["name"] for server in rendered()["spec"]["servers"]]
    assert names == ["http", "https-orders", "https-pictures"]


def test_without_a_public_host_there_is_no_gateway() -> None:
    """A Gateway needs a server, and a server needs a host."""
    services = [a_service(a_workload(exposure=an_exposure()))]
    assert objects_of(lambda chart: gateway(chart, PlatformContext.of(ENVIRONMENT, services))) == []
