"""The HTTPS server that the API server asks for metrics.k8s.io, on loopback alone."""

import json
import ssl
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from eks_twin.metrics_api import answers
from eks_twin.metrics_api.load import Loads
from eks_twin.metrics_api.pods import Pod
from eks_twin.metrics_api.selector import selector
from eks_twin.metrics_api.usage import PodUse, uses

ADDRESS = "127.0.0.1"
READY = "/readyz"


@dataclass(frozen=True)
class Metrics:
    """What is asked, and what is answered."""

    pods: Callable[[], Sequence[Pod]]
    """Returns all running pods of the cluster, as they are now."""
    loads: Loads

    def answer(self, path: str, labels: str) -> answers.Document | None:
        """Return the document at a path; None where there is none. Raises ValueError on a selector it cannot read."""
        if path == answers.ROOT:
            return answers.group()
        if path == answers.BASE:
            return answers.resources()
        match path.removeprefix(f"{answers.BASE}/").split("/"):
            case ["nodes", *name]:
                return self._nodes(name)
            case ["pods"]:
                return self._pods(None, labels)
            case ["namespaces", namespace, "pods", *name]:
                return self._pod(namespace, name[0]) if name else self._pods(namespace, labels)
            case _:
                return None

    def _uses(self) -> Sequence[PodUse]:
        return list(uses(self.pods(), self.loads.of))

    def _pods(self, namespace: str | None, labels: str) -> answers.Document:
        matches = selector(labels)
        chosen = (use for use in self._uses() if namespace in {None, use.pod.namespace} and matches(use.pod.labels))
        return answers.listed("PodMetrics", map(answers.pod_metrics, chosen))

    def _pod(self, namespace: str, name: str) -> answers.Document | None:
        chosen = (use for use in self._uses() if (use.pod.namespace, use.pod.name) == (namespace, name))
        return next(map(answers.pod_metrics, chosen), None)

    def _nodes(self, name: Sequence[str]) -> answers.Document | None:
        metrics = answers.node_metrics(self._uses())
        return metrics.get(name[0]) if name else answers.listed("NodeMetrics", metrics.values())


class _Handler(BaseHTTPRequestHandler):
    """One connection, which the API server keeps open."""

    protocol_version = "HTTP/1.1"
    timeout = 90
    """Seconds after which a silent connection is given up."""

    def __init__(self, metrics: Metrics, *connection: object) -> None:
        self.metrics = metrics
        super().__init__(*connection)  # type: ignore[arg-type]  # socketserver's own three

    def do_GET(self) -> None:
        """Answer."""
        url = urlsplit(self.path)
        if url.path == READY:
            return self._send(HTTPStatus.OK, {"status": "ok"})
        try:
            document = self.metrics.answer(url.path.rstrip("/"), parse_qs(url.query).get("labelSelector", [""])[0])
        except ValueError as error:
            return self._send(HTTPStatus.BAD_REQUEST, answers.failure(400, "BadRequest", str(error)))
        if document is None:
            missing = answers.failure(404, "NotFound", f"there is nothing at {url.path}")
            return self._send(HTTPStatus.NOT_FOUND, missing)
        return self._send(HTTPStatus.OK, document)

    def _send(self, status: HTTPStatus, document: answers.Document) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: several autoscalers ask every second."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over callers that hung up or failed the handshake; report everything else."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@dataclass(frozen=True)
class Certificate:
    """What the server proves itself with, and whom it lets in."""

    certificate: Path
    key: Path
    callers: Path | None = None
    """The authority that signed the API server's proxy certificate. None: anybody on this machine."""

    def context(self) -> ssl.SSLContext:
        """Return the settings of TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if self.callers:
            context.load_verify_locations(self.callers)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


def server(port: int, certificate: Certificate, metrics: Metrics) -> ThreadingHTTPServer:
    """Return the server, bound to this port of loopback (0: any that is free). It answers once it is run."""
    made = _Server((ADDRESS, port), partial(_Handler, metrics))
    # The handshake waits for the connection's own thread: one caller that says nothing must not hold up the others.
    made.socket = certificate.context().wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
    return made
