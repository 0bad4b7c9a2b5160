from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from eks_twin.control_plane.certificates import FRONT_PROXY_CLIENT, Certificates, Pair, make_certificates
from eks_twin.home import Home


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(Home(tmp_path))


def read(pair: Pair) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pair.certificate.read_bytes())


def names_of(pair: Pair) -> set[str]:
    names = read(pair).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


def common_names(name: x509.Name) -> list[str | bytes]:
    return [attribute.value for attribute in name.get_attributes_for_oid(NameOID.COMMON_NAME)]


def test_servers_show_loopback_signed_by_the_authority(certificates: Certificates) -> None:
    read(certificates.server).verify_directly_issued_by(read(certificates.authority))
    assert {"localhost", "127.0.0.1"} <= names_of(certificates.server)


def test_what_is_issued_names_its_hosts_and_loopback(certificates: Certificates) -> None:
    pair = certificates.issue("metrics", ["metrics.kube-system.svc"])
    assert names_of(pair) == {"localhost", "127.0.0.1", "metrics.kube-system.svc"}
    read(pair).verify_directly_issued_by(read(certificates.authority))


def test_nobody_becomes_a_front_proxy_by_a_servers_certificate(certificates: Certificates) -> None:
    """Aggregated APIs believe a front proxy whatever it says of the user: its authority must sign nothing else."""
    read(certificates.front_proxy_client).verify_directly_issued_by(read(certificates.front_proxy_authority))
    with pytest.raises(ValueError, match="does not match"):
        read(certificates.server).verify_directly_issued_by(read(certificates.front_proxy_authority))


def test_the_front_proxy_has_the_name_that_aggregated_apis_believe(certificates: Certificates) -> None:
    assert common_names(read(certificates.front_proxy_client).subject) == [FRONT_PROXY_CLIENT]
    assert names_of(certificates.front_proxy_client) == {FRONT_PROXY_CLIENT}


def test_authorities_have_names_of_their_own(certificates: Certificates) -> None:
    """Go looks an issuer up by its name: of two with one name, it may try the wrong one."""
    authorities = (certificates.authority, certificates.front_proxy_authority, certificates.service_accounts)
    assert len({read(pair).subject for pair in authorities}) == 3


def test_only_authorities_sign_others(certificates: Certificates) -> None:
    pairs = (certificates.authority, certificates.front_proxy_authority, certificates.server)
    constraints = [read(pair).extensions.get_extension_for_class(x509.BasicConstraints).value.ca for pair in pairs]
    assert constraints == [True, True, False]


def test_keys_are_nobody_elses_to_read(certificates: Certificates) -> None:
    modes = {file.name: file.stat().st_mode & 0o777 for file in certificates.folder.glob("*.key")}
    assert len(modes) == 5
    assert set(modes.values()) == {0o600}


def test_each_start_has_its_own_authority(tmp_path: Path) -> None:
    """What trusted the last twin must not trust this one."""
    first = read(make_certificates(Home(tmp_path)).authority)
    assert read(make_certificates(Home(tmp_path)).authority) != first


def test_the_service_account_keys_are_a_pair(certificates: Certificates) -> None:
    private = serialization.load_pem_private_key(certificates.service_accounts.key.read_bytes(), None)
    assert private.public_key() == read(certificates.service_accounts).public_key()
