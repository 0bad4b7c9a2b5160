"""The twin's own certificate authority, made anew at each start, and what it signs."""

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from eks_twin.home import Home

LIFETIME = dt.timedelta(days=365)
"""Longer than any twin runs. A new start makes new ones."""
_EARLIER = dt.timedelta(hours=1)
"""They hold from an hour ago, for clocks that differ."""
LOOPBACK = ("localhost", "127.0.0.1")
FRONT_PROXY_CLIENT = "front-proxy-client"
"""Under this name the API server speaks to aggregated APIs; they believe what it says of the user."""


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, as files in PEM; the key is the owner's alone to read."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Certificates:
    """The files of one control plane, by what they are for."""

    folder: Path

    @property
    def authority(self) -> Pair:
        """Signs what the servers show. Clients trust its certificate."""
        return self._pair("authority")

    @property
    def server(self) -> Pair:
        """What the control plane's own servers show, for localhost and 127.0.0.1."""
        return self._pair("server")

    @property
    def front_proxy_authority(self) -> Pair:
        """Signs the API server's client certificate towards aggregated APIs, and nothing else."""
        return self._pair("front-proxy-authority")

    @property
    def front_proxy_client(self) -> Pair:
        """What the API server shows to aggregated APIs."""
        return self._pair("front-proxy-client")

    @property
    def service_account_key(self) -> Path:
        """Signs the tokens of service accounts."""
        return self.folder / "service-accounts.key"

    @property
    def service_account_public_key(self) -> Path:
        """Proves the tokens of service accounts."""
        return self.folder / "service-accounts.pub"

    def issue(self, name: str, hosts: Sequence[str] = (), *, also_client: bool = False) -> Pair:
        """Sign a server's certificate for loopback and these hosts, into `<name>.crt` and `<name>.key`.

        `also_client`: whether a client may show it too, to servers that believe this authority.

        An aggregated API needs `<service>.<namespace>.svc` among its hosts: under that name the API server asks for
        it, wherever it runs.
        """
        pair = self._pair(name)
        usages = [ExtendedKeyUsageOID.SERVER_AUTH, *([ExtendedKeyUsageOID.CLIENT_AUTH] if also_client else [])]
        _sign(pair, name, self.authority, usages, [*LOOPBACK, *hosts])
        return pair

    def _pair(self, name: str) -> Pair:
        return Pair(self.folder / f"{name}.crt", self.folder / f"{name}.key")


def make_certificates(home: Home) -> Certificates:
    """Make all of them, in place of those of an earlier start."""
    certificates = Certificates(home.certificates)
    certificates.folder.mkdir(parents=True, exist_ok=True)
    _sign(certificates.authority, "eks-twin", None)
    _sign(certificates.front_proxy_authority, "eks-twin-front-proxy", None)
    usages = [ExtendedKeyUsageOID.CLIENT_AUTH]
    _sign(certificates.front_proxy_client, FRONT_PROXY_CLIENT, certificates.front_proxy_authority, usages)
    certificates.issue("server", ["kubernetes", "kubernetes.default", "kubernetes.default.svc"])
    key = _new_key(certificates.service_account_key)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    certificates.service_account_public_key.write_bytes(public)
    return certificates


def _sign(
    pair: Pair,
    name: str,
    authority: Pair | None,
    usages: Sequence[x509.ObjectIdentifier] = (),
    hosts: Sequence[str] = (),
) -> None:
    """Write a key and a certificate. `authority`: None for one that signs itself. `hosts`: none for a client's."""
    key = _new_key(pair.key)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.load_pem_x509_certificate(authority.certificate.read_bytes()).subject if authority else subject
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        .add_extension(_key_usage(signs_others=authority is None), critical=True)
    )
    if authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if hosts:
        builder = builder.add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
    certificate = builder.sign(_read_key(authority.key) if authority else key, hashes.SHA256())
    pair.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _key_usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _new_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """Make a key on the curve P-256: a thousandth of the time that RSA takes, and Kubernetes takes either."""
    key = ec.generate_private_key(ec.SECP256R1())
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return key


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file} holds a key of another kind than we write")
    return key
