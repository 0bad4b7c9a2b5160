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
    """As much of an API server as is asked for here. What is defined is served at the second look."""

    def __init__(self, present: set[str] | None = None, refuses: str = "", ever_serves: bool = True) -> None:
        self.stored: dict[str, Any] = {name: {"metadata": {"resourceVersion": "7"}} for name in present or ()}
        self.refuses, self.ever_serves = refuses, ever_serves
        self.looks = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/apis/example.com/v1":
            return self._discovery()
        name = request.url.path.removeprefix("/apis/apiextensions.k8s.io/v1/customresourcedefinitions").strip("/")
        if request.method == "GET":
            return httpx2.Response(200, json=self.stored[name])
        sent = json.loads(request.content)
        if sent["metadata"]["name"] == self.refuses:
            return httpx2.Response(422, text="schema is not structural")
        if request.method == "POST" and sent["metadata"]["name"] in self.stored:
            return httpx2.Response(409)
        self.stored[sent["metadata"]["name"]] = sent
        return httpx2.Response(200, json=sent)

    def _discovery(self) -> httpx2.Response:
        self.looks += 1
        if self.looks == 1:
            return httpx2.Response(404)  # a group of which nothing is served yet
        names = self.stored if self.ever_serves else []
        return httpx2.Response(200, json={"resources": [{"name": name.partition(".")[0]} for name in names]})


def definition(name: str) -> dict[str, Any]:
    versions = [{"name": "v1", "served": True}, {"name": "v1beta1", "served": False}]
    spec = {"group": "example.com", "names": {"plural": name}, "versions": versions}
    return {"metadata": {"name": f"{name}.example.com"}, "spec": spec}


def installed(server: ApiServer, folder: Path, *names: str) -> None:
    file = folder / "definitions.json"
    file.write_text(json.dumps({"items": list(map(definition, names))}))
    with httpx2.Client(transport=httpx2.MockTransport(server), base_url="http://localhost") as client:
        install(client, file)


def test_all_of_them_are_created_and_served(tmp_path: Path) -> None:
    server = ApiServer()
    installed(server, tmp_path, "a", "b")
    assert set(server.stored) == {"a.example.com", "b.example.com"}
    assert server.looks == 2


def test_one_that_is_there_is_replaced_in_its_newest_version(tmp_path: Path) -> None:
    server = ApiServer(present={"a.example.com"})
    installed(server, tmp_path, "a")
    metadata = {"name": "a.example.com", "resourceVersion": "7"}
    assert server.stored["a.example.com"] == {**definition("a"), "metadata": metadata}


def test_the_api_servers_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceFailed, match=r"b\.example\.com: schema is not structural"):
        installed(ApiServer(refuses="b.example.com"), tmp_path, "a", "b")


def test_one_that_is_never_served_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "_SERVED_SECONDS", 0.2)
    with pytest.raises(ResourceFailed, match=r"does not serve a\.example\.com"):
        installed(ApiServer(ever_serves=False), tmp_path, "a")
