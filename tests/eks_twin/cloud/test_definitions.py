"""Custom resource definitions are created or replaced, and waited for."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from eks_twin.cloud import definitions
from eks_twin.cloud.definitions import install
from eks_twin.cloudformation import ResourceFailed


class ApiServer:
    """As much of an API server as is asked for here. Each definition is served at the second look."""

    def __init__(self, present: set[str] | None = None, refuses: str = "", ever_serves: bool = True) -> None:
        self.stored: dict[str, Any] = {name: {"metadata": {"resourceVersion": "7"}} for name in present or ()}
        self.refuses, self.ever_serves = refuses, ever_serves
        self.looks: dict[str, int] = {}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        name = request.url.path.removeprefix("/apis/apiextensions.k8s.io/v1/customresourcedefinitions").strip("/")
        if request.method == "GET":
            return httpx2.Response(200, json={**self.stored[name], "status": self._status(name)})
        sent = json.loads(request.content)
        if sent["metadata"]["name"] == self.refuses:
            return httpx2.Response(422, text="schema is not structural")
        if request.method == "POST" and sent["metadata"]["name"] in self.stored:
            return httpx2.Response(409)
        self.stored[sent["metadata"]["name"]] = sent
        return httpx2.Response(200, json=sent)

    def _status(self, name: str) -> dict[str, Any]:
        self.looks[name] = self.looks.get(name, 0) + 1
        # A young definition has no conditions at all: kubectl's own wait fails on that.
        served = self.ever_serves and self.looks[name] > 1
        return {"conditions": [{"type": "Established", "status": "True"}] if served else None}


def installed(server: ApiServer, folder: Path, *names: str) -> None:
    file = folder / "definitions.json"
    file.write_text(json.dumps({"items": [{"metadata": {"name": name}, "spec": "new"} for name in names]}))
    with httpx2.Client(transport=httpx2.MockTransport(server), base_url="http://localhost") as client:
        install(client, file)


def test_all_of_them_are_created_and_served(tmp_path: Path) -> None:
    server = ApiServer()
    installed(server, tmp_path, "a", "b")
    assert set(server.stored) == {"a", "b"}
    assert server.looks == {"a": 2, "b": 2}


def test_one_that_is_there_is_replaced_in_its_newest_version(tmp_path: Path) -> None:
    server = ApiServer(present={"a"})
    installed(server, tmp_path, "a")
    assert server.stored["a"] == {"metadata": {"name": "a", "resourceVersion": "7"}, "spec": "new"}


def test_the_api_servers_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceFailed, match="b: schema is not structural"):
        installed(ApiServer(refuses="b"), tmp_path, "a", "b")


def test_one_that_is_never_served_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "_ESTABLISHED_SECONDS", 0.2)
    with pytest.raises(ResourceFailed, match="does not serve a"):
        installed(ApiServer(ever_serves=False), tmp_path, "a")
