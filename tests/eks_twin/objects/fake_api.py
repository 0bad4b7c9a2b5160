"""An API server of a few kinds, for a client that speaks to it over no network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

from eks_twin.objects.api import ObjectsApi

Manifest = dict[str, Any]

GROUPS: Mapping[str, Sequence[tuple[str, str, bool]]] = {
    "v1": [
        ("Namespace", "namespaces", False),
        ("Service", "services", True),
        ("Pod", "pods", True),
        ("ResourceQuota", "resourcequotas", True),
        ("Event", "events", True),
    ],
    "apps/v1": [("Deployment", "deployments", True)],
    "apiextensions.k8s.io/v1": [("CustomResourceDefinition", "customresourcedefinitions", False)],
    "keda.sh/v1alpha1": [("ScaledObject", "scaledobjects", True)],
}
"""apiVersion -> kind, plural, whether it is in a namespace."""


@dataclass
class FakeServer:
    """Answers discovery, and whatever else it was told to."""

    objects: dict[str, Manifest] = field(default_factory=dict)
    """Path -> object or list."""
    refusals: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Last part of a path -> status and message for whoever writes there."""
    warnings: Sequence[str] = ()
    later: int = 0
    """How often it says "later" to those who ask for an object."""
    asked: list[httpx2.Request] = field(default_factory=list)

    def client(self) -> ObjectsApi:
        """Return a client of it."""
        return ObjectsApi(httpx2.Client(transport=httpx2.MockTransport(self._answer), base_url="http://api"))

    @property
    def written(self) -> Sequence[httpx2.Request]:
        """The requests that write, or would."""
        return [one for one in self.asked if one.method != "GET"]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path = request.url.path
        if path in {"/api", "/apis"}:
            return httpx2.Response(200, json={"items": discovery(core=path == "/api")})
        if self.later:
            self.later -= 1
            return httpx2.Response(429, headers={"Retry-After": "1"}, json={})
        if request.method in {"POST", "PATCH"}:
            return self._judge(request, path.rpartition("/")[2])
        if request.method == "DELETE":
            return httpx2.Response(200 if self.objects.pop(path, None) else 404, json={})
        found = self.objects.get(path)
        return httpx2.Response(200, json=found) if found else httpx2.Response(404, text="404 page not found")

    def _judge(self, request: httpx2.Request, last: str) -> httpx2.Response:
        headers = [("Warning", f'299 - "{warning}"') for warning in self.warnings]
        if last in self.refusals:
            status, message = self.refusals[last]
            return httpx2.Response(status, json={"kind": "Status", "reason": "Invalid", "message": message})
        if "dryRun" not in request.url.params:
            self.objects[request.url.path] = json.loads(request.content)
        return httpx2.Response(201, json=json.loads(request.content), headers=headers)


def discovery(*, core: bool) -> list[dict[str, Any]]:
    """Return the groups as the API server offers them; one of them measures, and has measured nothing yet."""
    versions = [version for version in GROUPS if ("/" not in version) == core]
    groups = [
        {
            "metadata": {} if core else {"name": version.partition("/")[0]},
            "versions": [{"version": version.rpartition("/")[2], "resources": _resources(version)}],
        }
        for version in versions
    ]
    empty = {"metadata": {"name": "external.metrics.k8s.io"}, "versions": [{"version": "v1beta1"}]}
    return groups if core else [*groups, empty]


def _resources(version: str) -> list[dict[str, Any]]:
    return [
        {
            "resource": plural,
            "responseKind": {"kind": kind},
            "scope": "Namespaced" if namespaced else "Cluster",
            "verbs": ["get", "list"],
        }
        for kind, plural, namespaced in GROUPS[version]
    ]


def service(**changes: Any) -> Manifest:
    """Return a Service of ours."""
    metadata = {"name": "api-service", "namespace": "production"}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"type": "ClusterIP"}, **changes}


def listed(*metadata: dict[str, Any]) -> Manifest:
    """Return a list as the API server answers it."""
    return {"kind": "PartialObjectMetadataList", "items": [{"metadata": one} for one in metadata]}
