"""The API server, with objects as plain dicts.

A client with models drops the fields that its models lack, and by just such fields manifests are broken.
"""

import json
import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2

from eks_twin.errors import TwinError
from eks_twin.kubernetes_clients import connect_plainly
from eks_twin.manifests import Manifest, text

_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
_METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
_TRIAL = {"dryRun": "All", "fieldValidation": "Strict"}
"""As `kubectl apply --dry-run=server` asks; strict is kubectl's default, too."""
_MANAGER = "eks-twin"
_NOT_FOUND = 404
_PATIENCE_SECONDS = 30.0
_LATER = 429
_PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class Resource:
    """A kind as the API server offers it."""

    version: str
    """The apiVersion: `v1`, `apps/v1`."""
    kind: str
    plural: str
    namespaced: bool
    listed: bool
    """Whether the API server stores objects of it, which can be listed."""

    @property
    def group(self) -> str:
        """The API group; empty for the core one."""
        return self.version.rpartition("/")[0]


@dataclass(frozen=True)
class Answer:
    """What the API server made of an object."""

    accepted: bool
    body: Mapping[str, Any]
    """The object as it would be stored; where it was refused, the Status."""
    warnings: Sequence[str] = ()

    @property
    def message(self) -> str:
        """Why it was refused, in the API server's words; empty where it was not."""
        return "" if self.accepted else text(self.body, "message")


class ObjectsApi:
    """Reads objects, and tries what the API server would do with them. Several threads may use one at once."""

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client
        self.resources = tuple(_discovered(client))
        self._by_kind = {(resource.version, resource.kind): resource for resource in self.resources}
        self._groups = {(resource.group, resource.kind): resource for resource in reversed(self.resources)}

    @classmethod
    def open(cls, kubeconfig: Path) -> Self:
        """Return a client that knows the kinds of now: open a new one after definitions have changed."""
        return cls(connect_plainly(kubeconfig))

    def knows(self, version: str, kind: str) -> bool:
        """Return whether the API server offers this kind in this version."""
        return (version, kind) in self._by_kind

    def get(self, manifest: Manifest) -> dict[str, Any] | None:
        """Return the live object of this kind, namespace and name; None where there is none."""
        answer = self._ask("GET", f"{self._folder(manifest)}/{manifest['metadata']['name']}")
        return None if answer.status_code == _NOT_FOUND else _body(answer.raise_for_status())

    def try_creation(self, manifest: Manifest) -> Answer:
        """Ask what would become of a new object. Nothing is stored."""
        answer = self._ask("POST", self._folder(manifest), params=_TRIAL, json=manifest)
        return _answer(answer)

    def try_apply(self, manifest: Manifest) -> Answer:
        """Ask what a server-side apply would come to, of a new object or of one that is there. Nothing is stored."""
        return self._apply(manifest, _TRIAL)

    def apply(self, manifest: Manifest) -> None:
        """Apply an object. Raises TwinError with the API server's reason."""
        answer = self._apply(manifest, {})
        if not answer.accepted:
            raise TwinError(f"{manifest['kind']} {manifest['metadata']['name']}: {answer.message}")

    def delete(self, manifest: Manifest) -> None:
        """Begin to delete an object, if it is there."""
        answer = self._ask("DELETE", f"{self._folder(manifest)}/{manifest['metadata']['name']}")
        if answer.status_code != _NOT_FOUND:
            answer.raise_for_status()

    def list_metadata(self, resource: Resource) -> Sequence[Mapping[str, Any]]:
        """Return the metadata of all objects of a kind, in all namespaces; none of a kind that is gone meanwhile."""
        answer = self._ask("GET", _collection(resource, None), headers={"Accept": _METADATA})
        if answer.status_code == _NOT_FOUND:
            return []
        found: Sequence[Mapping[str, Any]] | None = answer.raise_for_status().json()["items"]
        return [one["metadata"] for one in found or ()]

    def custom_groups(self) -> Set[str]:
        """Return the API groups that come from definitions."""
        (definitions,) = (one for one in self.resources if one.kind == "CustomResourceDefinition" and one.listed)
        # A definition's name is its plural and its group.
        return {text(one, "name").partition(".")[2] for one in self.list_metadata(definitions)}

    def _apply(self, manifest: Manifest, parameters: Mapping[str, str]) -> Answer:
        path = f"{self._folder(manifest)}/{manifest['metadata']['name']}"
        headers = {"Content-Type": "application/apply-patch+yaml"}
        asked = {"fieldManager": _MANAGER, "force": "true", **parameters}
        return _answer(self._ask("PATCH", path, params=asked, headers=headers, content=json.dumps(manifest)))

    def _ask(self, method: str, path: str, **request: Any) -> httpx2.Response:
        """Ask, and ask again where the API server says "later", as it does of a kind whose definition is new."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            answer = self._client.request(method, path, **request)
            if answer.status_code != _LATER or time.monotonic() > deadline:
                return answer
            time.sleep(_PAUSE_SECONDS)

    def _folder(self, manifest: Manifest) -> str:
        version, kind = manifest["apiVersion"], manifest["kind"]
        # A version that is gone is the API server's to refuse, so its sister's plural name will do.
        known = self._by_kind.get((version, kind)) or self._groups.get((version.rpartition("/")[0], kind))
        if known is None:
            raise TwinError(f"the API server knows no kind {kind} of {version}. Are its definitions installed?")
        resource = Resource(version, kind, known.plural, known.namespaced, known.listed)
        return _collection(resource, manifest["metadata"].get("namespace", "default"))


def _collection(resource: Resource, namespace: str | None) -> str:
    root = f"/apis/{resource.version}" if resource.group else f"/api/{resource.version}"
    within = f"/namespaces/{namespace}" if resource.namespaced and namespace else ""
    return f"{root}{within}/{resource.plural}"


def _discovered(client: httpx2.Client) -> Sequence[Resource]:
    """Return every kind in every version, each group's preferred version first."""
    groups = [
        group
        for root in ("/api", "/apis")
        for group in client.get(root, headers={"Accept": _DISCOVERY}).raise_for_status().json()["items"]
    ]
    return [
        Resource(
            "/".join(part for part in (group["metadata"].get("name"), version["version"]) if part),
            resource["responseKind"]["kind"],
            resource["resource"],
            namespaced=resource["scope"] == "Namespaced",
            listed="list" in resource["verbs"],
        )
        for group in groups
        for version in group["versions"]
        for resource in version.get("resources", [])  # an API of metrics has none until something is measured
    ]


def _answer(response: httpx2.Response) -> Answer:
    warnings = [value.split('"', 1)[-1].rstrip('"') for value in response.headers.get_list("Warning")]
    return Answer(response.is_success, _body(response), warnings)


def _body(response: httpx2.Response) -> dict[str, Any]:
    """Return what was answered. An API that is not there answers in plain text."""
    try:
        found: dict[str, Any] = response.json()
        return found
    except ValueError:
        return {"message": response.text.strip()}
