"""Public hosts, as an HTTPS server on loopback answers for them."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import trustme

from api_platform.errors import InputError
from api_platform.verification import public_hosts
from api_platform.verification.public_hosts import Gateway, verify_public_hosts
from api_platform.verification.result import VerificationResult
from tests.verification.stubbed_account import staging

HOSTS = ("api.staging.company.com", "media.staging.company.com")


@contextmanager
def gateway(answers: Mapping[str, list[int]], *names: str) -> Iterator[Gateway]:
    """Serve HTTPS on loopback: each host gives these answers one after the other, and the last for ever.

    `names`: in the certificate.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            codes = answers[self.headers["Host"]]
            code = codes.pop(0) if len(codes) > 1 else codes[0]
            self.send_response(code if self.path == "/health/ready" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*names).configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Gateway("127.0.0.1", server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


AUTHORITY = trustme.CA()


@pytest.fixture(autouse=True)
def trusted_and_unhurried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setattr(public_hosts, "_PAUSE_SECONDS", 0.01)


def verified(answers: Mapping[str, list[int]], *names: str, seconds: float = 0.0) -> VerificationResult:
    with gateway(answers, *(names or HOSTS)) as found:
        return verify_public_hosts(staging(), gateway=found, timeout_seconds=seconds)


def test_hosts_that_answer_200_are_ready() -> None:
    result = verified({HOSTS[0]: [200], HOSTS[1]: [200]})
    assert (result.summary, result.failures) == ("public hosts: 2 of 2 are ready", [])


@pytest.mark.parametrize("code", [503, 404, 301])
def test_any_other_answer_is_a_failure(code: int) -> None:
    result = verified({HOSTS[0]: [200], HOSTS[1]: [code]})
    assert result.summary == "public hosts: 1 of 2 are ready"
    (failure,) = result.failures
    assert failure.startswith(f"https://{HOSTS[1]}/health/ready: answered {code} ")


def test_a_host_is_waited_for() -> None:
    """A load balancer learns of new pods some seconds after Kubernetes."""
    assert verified({HOSTS[0]: [503, 503, 200], HOSTS[1]: [200]}, seconds=30.0).failures == []


def test_a_certificate_for_another_name_is_no_answer() -> None:
    result = verified({HOSTS[0]: [200], HOSTS[1]: [200]}, HOSTS[0])
    (failure,) = result.failures
    assert HOSTS[1] in failure
    assert "certificate verify failed" in failure


def test_where_nobody_listens_is_said() -> None:
    with gateway({}, *HOSTS) as closed:
        pass
    result = verify_public_hosts(staging(), gateway=closed, timeout_seconds=0)
    assert [("no answer" in failure) for failure in result.failures] == [True, True]


@pytest.mark.parametrize("address", ["", "127.0.0.1", ":443", "host:", "host:0", "host:65536", "host:https", "host:²"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="is not HOST:PORT"):
        Gateway.parse(address)


def test_an_address_may_hold_colons() -> None:
    assert Gateway.parse("::1:8443") == Gateway("::1", 8443)
