import json
import socket
import threading
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from api_platform.proof.mesh_analysis.object_store import Store
from api_platform.proof.mesh_analysis.read_only_api import _Server, serve
from tests.proof.mesh_analysis.mesh_objects import shop


def read(url: str, accept: str = "application/json") -> dict[str, Any]:
    with urlopen(Request(url, headers={"Accept": accept}), timeout=10) as answer:  # noqa: S310 - our own server
        document: dict[str, Any] = json.load(answer)
    return document


def test_serves_on_loopback_alone() -> None:
    with serve(shop()) as url:
        assert url.startswith("http://127.0.0.1:")


def test_answers_a_list() -> None:
    with serve(shop()) as url:
        (one,) = read(f"{url}/api/v1/services")["items"]
    assert one["spec"]["ports"][0]["port"] == 8080


def test_answers_with_metadata_alone_where_that_is_asked_for() -> None:
    """istioctl learns of CRDs so; with whole objects it would see none, and read no mesh object at all."""
    accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
    with serve(shop()) as url:
        answer = read(f"{url}/api/v1/services", accept)
    assert answer["kind"] == "PartialObjectMetadataList"
    assert answer["items"][0].keys() == {"apiVersion", "kind", "metadata"}


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/namespaces/shop/pods/x", 404), ("/api/v1/pods?labelSelector=app", 400)]
)
def test_refuses_as_kubernetes_does(path: str, status: int) -> None:
    with serve(shop()) as url, pytest.raises(HTTPError) as refusal:
        read(f"{url}{path}")
    with refusal.value as answer:
        assert answer.code == status
        assert json.load(answer)["kind"] == "Status"


def test_a_watch_hears_nothing_until_the_end() -> None:
    heard: list[bytes] = []
    with serve(shop()) as url:
        watch = urlopen(f"{url}/api/v1/services?watch=true", timeout=10)  # noqa: S310 - our own server
        listener = threading.Thread(target=lambda: heard.append(watch.read()))
        listener.start()
        listener.join(0.2)
        assert not heard
    listener.join(5)
    watch.close()
    assert heard == [b""]


def test_takes_many_connections_at_once() -> None:
    """With Python's queue of five, istioctl's sixth connection waited a whole second."""
    server = _Server(Store.of(shop()))  # which accepts none of them yet
    waiting = [socket.create_connection(("127.0.0.1", server.server_port), timeout=0.5) for _ in range(40)]
    for connection in waiting:
        connection.close()
    server.server_close()


def test_is_gone_afterwards() -> None:
    with serve(shop()) as url:
        pass
    with pytest.raises(OSError, match="refused"):
        read(f"{url}/api/v1/services")
