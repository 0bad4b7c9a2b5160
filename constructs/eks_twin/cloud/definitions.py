"""Installs custom resource definitions, as Helm would those of a chart."""

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2

from eks_twin.cloudformation import ResourceFailed

Definition = Mapping[str, Any]

_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_CONFLICT = 409
_AT_ONCE = 4
_SERVED_SECONDS = 60.0
_GLANCE_SECONDS = 0.1


def install(api_server: httpx2.Client, file: Path) -> None:
    """Create or replace every definition of a JSON list, and return when the API server serves them all.

    Raises ResourceFailed where it refuses one, or does not serve it in time. Not by kubectl: its `wait` fails on a
    definition that is only seconds old.
    """
    definitions: list[Definition] = json.loads(file.read_text(encoding="utf-8"))["items"]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda definition: _install(api_server, definition), definitions))
    deadline = time.monotonic() + _SERVED_SECONDS
    while missing := _not_served(api_server, definitions):
        if time.monotonic() > deadline:
            raise ResourceFailed(f"the API server does not serve {', '.join(sorted(missing))}")
        time.sleep(_GLANCE_SECONDS)


def _install(api_server: httpx2.Client, definition: Definition) -> None:
    answer = api_server.post(_PATH, json=definition)
    if answer.status_code == _CONFLICT:
        path = f"{_PATH}/{definition['metadata']['name']}"
        version = api_server.get(path).raise_for_status().json()["metadata"]["resourceVersion"]
        metadata = {**definition["metadata"], "resourceVersion": version}
        answer = api_server.put(path, json={**definition, "metadata": metadata})
    if answer.is_error:
        raise ResourceFailed(f"{definition['metadata']['name']}: {answer.text}")


def _not_served(api_server: httpx2.Client, definitions: Sequence[Definition]) -> set[str]:
    """Return what a client would not find yet. To ask for the definitions' states would send them whole each time."""
    missing: set[str] = set()
    for group_version in {one for definition in definitions for one in _served_versions(definition)}:
        answer = api_server.get(f"/apis/{group_version}")
        found = {one["name"] for one in answer.json()["resources"]} if answer.is_success else set()
        wanted = [one for one in definitions if group_version in _served_versions(one)]
        missing |= {str(one["metadata"]["name"]) for one in wanted if one["spec"]["names"]["plural"] not in found}
    return missing


def _served_versions(definition: Definition) -> list[str]:
    spec = definition["spec"]
    return [f"{spec['group']}/{version['name']}" for version in spec["versions"] if version["served"]]
