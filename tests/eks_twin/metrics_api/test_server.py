import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from eks_twin.metrics_api.load import Loads
from eks_twin.metrics_api.pods import running
from eks_twin.metrics_api.server import ADDRESS, Certificate, Metrics, server
from tests.eks_twin.metrics_api.pod_resources import pod

PODS = "/apis/metrics.k8s.io/v1beta1/namespaces/production/pods"


def self_signed(folder: Path, name: str) -> tuple[Path, Path]:
    """Return a certificate for loopback that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.crt", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


@dataclass(frozen=True)
class Served:
    """A server that runs, and how to ask it."""

    port: int
    context: ssl.SSLContext

    def get(self, path: str, context: ssl.SSLContext | None = None) -> tuple[int, Any]:
        connection = HTTPSConnection("localhost", self.port, context=context or self.context, timeout=5)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    read = map(running, [pod(), pod("media-service-1", workload="media-service"), pod(namespace="staging")])
    pods = [each for each in read if each]
    certificate, key = self_signed(tmp_path, "server")
    caller = self_signed(tmp_path, "caller")
    serving = server(0, Certificate(certificate, key, caller[0]), Metrics(lambda: pods, Loads(tmp_path / "loads.json")))
    Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
    context = ssl.create_default_context(cafile=certificate)
    context.load_cert_chain(*caller)
    yield Served(int(serving.server_address[1]), context)
    serving.shutdown()
    serving.server_close()


def names(document: Any) -> list[str]:
    return [item["metadata"]["name"] for item in document["items"]]


def test_the_pods_of_a_namespace_are_listed_by_label(served: Served) -> None:
    status, document = served.get(f"{PODS}?labelSelector=app.kubernetes.io%2Fname%3Dapi-service")
    assert (status, names(document)) == (200, ["api-service-1"])


def test_one_pod_is_found_by_name(served: Served) -> None:
    assert served.get(f"{PODS}/media-service-1")[1]["metadata"]["name"] == "media-service-1"


def test_all_pods_are_listed(served: Served) -> None:
    assert len(served.get("/apis/metrics.k8s.io/v1beta1/pods")[1]["items"]) == 3


def test_nodes_are_listed_and_found_by_name(served: Served) -> None:
    nodes = "/apis/metrics.k8s.io/v1beta1/nodes"
    assert names(served.get(nodes)[1]) == ["node-1"]
    assert served.get(f"{nodes}/node-1")[1]["usage"]["cpu"] == "150m"


@pytest.mark.parametrize("path", ["/apis/metrics.k8s.io", "/apis/metrics.k8s.io/v1beta1", "/readyz"])
def test_discovery_and_readiness_answer(served: Served, path: str) -> None:
    assert served.get(path)[0] == 200


@pytest.mark.parametrize("path", ["/", "/openapi/v2", f"{PODS}/gone", "/apis/metrics.k8s.io/v1beta1/nodes/gone"])
def test_what_there_is_not_is_not_found(served: Served, path: str) -> None:
    assert served.get(path)[0] == 404


def test_a_selector_that_cannot_be_read_is_a_bad_request(served: Served) -> None:
    assert served.get(f"{PODS}?labelSelector=a+in+(b)")[0] == 400


def test_who_shows_no_certificate_is_not_served(served: Served, tmp_path: Path) -> None:
    stranger = ssl.create_default_context(cafile=tmp_path / "server.crt")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        served.get("/readyz", stranger)


def test_a_caller_that_says_nothing_does_not_hold_up_the_others(served: Served) -> None:
    """With the handshake in the accepting thread, one port scan would stop every autoscaler."""
    with socket.create_connection((ADDRESS, served.port)):
        assert served.get("/readyz")[0] == 200
