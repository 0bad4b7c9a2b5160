"""A Kubernetes API with one Deployment, whose rollout is as far as a test says: enough for the real kubectl to ask."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api_platform.rules.finding import Manifest

_GROUP = {"name": "apps", "versions": [{"groupVersion": "apps/v1", "version": "v1"}]}
_DEPLOYMENTS = {"name": "deployments", "namespaced": True, "kind": "Deployment", "verbs": ["get", "list"]}
_DISCOVERY: dict[str, Manifest] = {
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {"kind": "APIGroupList", "groups": [{**_GROUP, "preferredVersion": _GROUP["versions"][0]}]},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": []},
    "/apis/apps/v1": {"kind": "APIResourceList", "groupVersion": "apps/v1", "resources": [_DEPLOYMENTS]},
}


def a_rollout(
    generation: int, observed: int | None, reason: str = "", *, wanted: int = 3, updated: int | None = None
) -> Manifest:
    """Return the Deployment `orders`. `reason`: that of its condition `Progressing`; empty where it has none yet.

    `updated`: its pods of the newest template. Default: all that are wanted.
    """
    conditions = [{"type": "Progressing", "reason": reason}] if reason else []
    # As the API server does, leaves out what is zero.
    pods = {"replicas": wanted, "updatedReplicas": wanted if updated is None else updated}
    counted = {key: value for key, value in pods.items() if value}
    seen = {} if observed is None else {"observedGeneration": observed, "conditions": conditions, **counted}
    metadata = {"name": "orders", "namespace": "production", "generation": generation}
    spec = {"replicas": wanted}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec, "status": seen}


class RolloutApi(ThreadingHTTPServer):
    """Answers with one state after another, and with the last one from then on."""

    daemon_threads = True

    def __init__(self, states: Sequence[Sequence[Manifest]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.states = list(states)
        self.asked: list[str] = []
        """The list that was asked for, each time, with its field selector."""

    @property
    def kubeconfig(self) -> str:
        """By which kubectl finds it. JSON is YAML."""
        one = {"name": "one", "cluster": {"server": f"http://127.0.0.1:{self.server_port}"}}
        context = {"name": "one", "context": {"cluster": "one"}}
        return json.dumps({"kind": "Config", "clusters": [one], "contexts": [context], "current-context": "one"})

    def answer(self, target: str) -> Manifest:
        """Answer what kubectl asks to know the API, and for Deployments by their names."""
        url = urlsplit(target)
        if url.path in _DISCOVERY:
            return {"apiVersion": "v1", **_DISCOVERY[url.path]}
        selector = parse_qs(url.query).get("fieldSelector", [""])[0]
        self.asked.append(f"{url.path} {selector}")
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        found = [one for one in state if selector in {"", f"metadata.name={one['metadata']['name']}"}]
        return {"apiVersion": "apps/v1", "kind": "DeploymentList", "metadata": {}, "items": found}


@contextmanager
def serving(*states: Sequence[Manifest]) -> Iterator[RolloutApi]:
    """Serve until the block ends."""
    with RolloutApi(states) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: RolloutApi

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer(self.path)).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
