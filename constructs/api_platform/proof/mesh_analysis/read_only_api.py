"""A Kubernetes API that can only be read: shows objects to a client as a cluster would that holds them.

istioctl leaves Services, Pods, Namespaces, Secrets and Nodes of files unread, and with them every analyzer that needs
one. From a cluster it reads them all. No environment but the deployed one has a cluster, and a broken object should
never come near one; so each set of objects gets an API of its own, on loopback, for as long as one analysis takes.
"""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api_platform.proof.mesh_analysis.object_store import Question, Store
from api_platform.rules.finding import Manifest


@contextmanager
def serve(objects: Iterable[Manifest]) -> Iterator[str]:
    """Serve the objects until the block ends. Yields the URL."""
    server = _Server(Store.of(objects))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    """istioctl opens thirty connections at once; one that finds the queue full tries again after a second."""

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = store
        self.ended = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that has its answer hangs up on its watches."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer a get or a list; hold a watch open without a word, since nothing changes."""
        if "watch" in parse_qs(urlsplit(self.path).query):
            self._head(HTTPStatus.OK)
            self.server.ended.wait()
            return None
        try:
            question = Question.of(self.path)
        except ValueError as error:
            return self._send(HTTPStatus.BAD_REQUEST, _failure(400, "BadRequest", str(error)))
        document = self.server.store.answer(question) if question else None
        if document is None:
            return self._send(HTTPStatus.NOT_FOUND, _failure(404, "NotFound", f"nothing at {self.path}"))
        metadata_only = "as=PartialObjectMetadata" in self.headers.get("Accept", "")
        return self._send(HTTPStatus.OK, _metadata_of(document) if metadata_only else document)

    def _send(self, status: HTTPStatus, document: Manifest) -> None:
        self._head(status)
        self.wfile.write(json.dumps(document).encode())

    def _head(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _metadata_of(document: Manifest) -> Manifest:
    kind = "PartialObjectMetadata"
    if "items" not in document:
        return {"apiVersion": "meta.k8s.io/v1", "kind": kind, "metadata": document["metadata"]}
    return {
        **document,
        "apiVersion": "meta.k8s.io/v1",
        "kind": f"{kind}List",
        "items": [_metadata_of(one) for one in document["items"]],
    }


def _failure(code: int, reason: str, message: str) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "Status",
        "status": "Failure",
        "code": code,
        "reason": reason,
        "message": message,
    }
