import json
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import lightkube
import pytest
from lightkube.resources.apiregistration_v1 import APIService

from eks_twin.control_plane import ControlPlane
from eks_twin.control_plane.aggregated_api import (
    AggregatedApi,
    is_available,
    register,
    serving_certificate,
)
from tests.eks_twin.processes.tiny_programs import soon

pytestmark = pytest.mark.slow


class Handler(BaseHTTPRequestHandler):
    """Answers every question with who asks it."""

    def do_GET(self) -> None:
        body = json.dumps({"kind": "Example", "user": self.headers["X-Remote-User"], "path": self.path}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def api(control_plane: ControlPlane) -> Iterator[AggregatedApi]:
    """An API whose server asks for the front proxy's certificate, and listens on loopback."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    api = AggregatedApi("example.api-platform", "v1", "example", "kube-system", server.server_port)
    pair = serving_certificate(control_plane.certificates, api)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.certificate, pair.key)
    context.load_verify_locations(control_plane.certificates.front_proxy_authority.certificate)
    context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield api
    server.shutdown()
    server.server_close()


def test_a_server_on_loopback_answers_for_an_api(
    control_plane: ControlPlane, client: lightkube.Client, api: AggregatedApi
) -> None:
    """Endpoints may not be loopback, so a Service of type ExternalName stands in front of it."""
    register(client, control_plane.certificates, api)
    register(client, control_plane.certificates, api)
    assert soon(lambda: is_available(client, api), 30)
    answer = client._client._client.get("/apis/example.api-platform/v1/things")
    assert answer.json() == {
        "kind": "Example",
        "user": "administrator",
        "path": "/apis/example.api-platform/v1/things",
    }
    client.delete(APIService, api.name)  # without its server it would hold up the deletion of every namespace
