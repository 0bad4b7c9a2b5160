"""The twin's own certificate authorities, made anew at each start, and what they sign. By trustme."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trustme import CA, Blob, LeafCert

from eks_twin.home import Home

LOOPBACK: Final = ("localhost", "127.0.0.1")
FRONT_PROXY_CLIENT: Final = "front-proxy-client"
"""Under this name the API server speaks to aggregated APIs; they believe what it says of the user."""


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, as files in PEM; the key is the owner's alone to read."""

    certificate: Path
    key: Path

    def write(self, certificate: Blob, key: Blob) -> None:
        """Write both."""
        self.key.touch(mode=0o600)
        self.key.chmod(0o600)
        key.write_to_path(self.key)
        certificate.write_to_path(self.certificate)


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
        return self._pair(FRONT_PROXY_CLIENT)

    @property
    def service_accounts(self) -> Pair:
        """Its key signs the tokens of service accounts, and its certificate proves them."""
        return self._pair("service-accounts")

    def issue(self, name: str, hosts: Sequence[str] = ()) -> Pair:
        """Sign what a server shows, for loopback and these hosts, into `<name>.crt` and `<name>.key`.

        A client may show it too, to servers that believe this authority. An aggregated API needs
        `<service>.<namespace>.svc` among its hosts: under that name the API server asks for it, wherever it runs.
        """
        authority = CA.from_pem(self.authority.certificate.read_bytes(), self.authority.key.read_bytes())
        return _write(self._pair(name), authority.issue_cert(*LOOPBACK, *hosts, common_name=name))

    def _pair(self, name: str) -> Pair:
        return Pair(self.folder / f"{name}.crt", self.folder / f"{name}.key")


def make_certificates(home: Home) -> Certificates:
    """Make all of them, in place of those of an earlier start."""
    made = Certificates(home.certificates)
    made.folder.mkdir(parents=True, exist_ok=True)
    _make_authority(made.authority)
    _make_authority(made.service_accounts)
    front_proxy = _make_authority(made.front_proxy_authority)
    # Its name stands twice: Kubernetes reads the common one, and Go refuses a list of alternative ones that is empty.
    _write(made.front_proxy_client, front_proxy.issue_cert(FRONT_PROXY_CLIENT, common_name=FRONT_PROXY_CLIENT))
    made.issue("server", ["kubernetes", "kubernetes.default", "kubernetes.default.svc"])
    return made


def _make_authority(pair: Pair) -> CA:
    made = CA(organization_name="eks-twin", organization_unit_name=pair.key.stem)
    pair.write(made.cert_pem, made.private_key_pem)
    return made


def _write(pair: Pair, issued: LeafCert) -> Pair:
    pair.write(issued.cert_chain_pems[0], issued.private_key_pem)
    return pair
