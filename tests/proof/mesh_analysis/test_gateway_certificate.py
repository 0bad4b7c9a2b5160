from base64 import b64decode
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from api_platform.proof.mesh_analysis.gateway_certificate import secret_of
from tests.proof.mesh_analysis.mesh_objects import certificate


def chain_of(*hosts: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(b64decode(secret_of(certificate(*hosts))["data"]["tls.crt"]))


def test_the_secret_lies_where_the_certificate_puts_it() -> None:
    assert secret_of(certificate())["metadata"] == {"name": "cart-tls", "namespace": "shop"}


def test_the_certificate_is_for_its_hosts() -> None:
    names = chain_of("a.example.com", "b.example.com").extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) == ["a.example.com", "b.example.com"]


def test_the_certificate_is_valid_now() -> None:
    chain = chain_of()
    assert chain.not_valid_before_utc < datetime.now(UTC) < chain.not_valid_after_utc


def test_the_key_is_the_certificates() -> None:
    data = secret_of(certificate())["data"]
    key = load_pem_private_key(b64decode(data["tls.key"]), password=None)
    chain = x509.load_pem_x509_certificate(b64decode(data["tls.crt"]))
    assert key.public_key() == chain.public_key()
