"""Certificates for the gateway's hosts, as cert-manager would leave them in the cluster."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from api_platform.rules.finding import Manifest
from api_platform.rules.values import text, words

_LIFETIME = timedelta(days=90)


def secret_of(certificate: Manifest) -> Manifest:
    """Return the Secret that a cert-manager Certificate asks for. It proves nothing to anybody: it signs itself."""
    chain, key = _self_signed(words(certificate, "spec", "dnsNames"))
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": text(certificate, "spec", "secretName"),
            "namespace": text(certificate, "metadata", "namespace"),
        },
        "type": "kubernetes.io/tls",
        "data": {"tls.crt": b64encode(chain).decode(), "tls.key": b64encode(key).decode()},
    }


def _self_signed(hosts: Sequence[str]) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM), private
