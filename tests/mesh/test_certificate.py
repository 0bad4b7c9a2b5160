from typing import Any

from api_platform.context import PlatformContext
from api_platform.mesh.certificate import certificates
from api_platform.mesh.gateway import gateway
from tests.rendering import Manifest, objects_of
from tests.specs import a_service, a_workload, an_environment, an_exposure

ENVIRONMENT = an_environment(domain="shop.example")
SERVICES = [a_service(a_workload(name=name, exposure=an_exposure(subdomain=name))) for name in ("orders", "pictures")]


def rendered() -> list[Manifest]:
    return objects_of(lambda chart: certificates(chart, PlatformContext.of(ENVIRONMENT, SERVICES)))


def test_each_public_host_has_a_certificate_for_itself_alone() -> None:
    """A certificate over two hosts lets HTTP/2 reuse a connection for the other host, which answers 404."""
    assert [one["spec"]["dnsNames"] for one in rendered()] == [["orders.shop.example"], ["pictures.shop.example"]]


def test_it_lies_in_the_gateways_namespace() -> None:
    """cert-manager writes the Secret beside the Certificate, and the gateway reads its own namespace only."""
    assert {one["metadata"]["namespace"] for one in rendered()} == {"istio-ingress"}


def test_its_secret_is_the_one_that_the_gateway_reads_for_that_host() -> None:
    (rendered_gateway,) = objects_of(lambda chart: gateway(chart, PlatformContext.of(ENVIRONMENT, SERVICES)))
    read: dict[str, Any] = {
        host: server["tls"]["credentialName"]
        for server in rendered_gateway["spec"]["servers"]
        for host in server["hosts"]
        if server["port"]["number"] == 443
    }
    assert {one["spec"]["dnsNames"][0]: one["spec"]["secretName"] for one in rendered()} == read


def test_the_clusters_issuer_proves_the_domain() -> None:
    issuer = {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "public"}
    assert [one["spec"]["issuerRef"] for one in rendered()] == [issuer, issuer]


def test_each_renewal_makes_a_new_key() -> None:
    assert {one["spec"]["privateKey"]["rotationPolicy"] for one in rendered()} == {"Always"}


def test_keys_are_on_the_p_256_curve() -> None:
    key = rendered()[0]["spec"]["privateKey"]
    assert (key["algorithm"], key["size"]) == ("ECDSA", 256)
