"""Installs custom resource definitions, as Helm would those of a chart."""

import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2

from eks_twin.cloudformation import ResourceFailed

Definition = Mapping[str, Any]

_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_CONFLICT = 409
_AT_ONCE = 4
_ESTABLISHED_SECONDS = 60.0
_GLANCE_SECONDS = 0.1


def install(api_server: httpx2.Client, file: Path) -> None:
    """Create or replace every definition of a JSON list, and return when the API server serves them all.

    Raises ResourceFailed where it refuses one, or does not serve it in time. Not by kubectl: its `wait` fails on a
    definition that is only seconds old.
    """
    definitions: list[Definition] = json.loads(file.read_text(encoding="utf-8"))["items"]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda definition: _install(api_server, definition), definitions))
    names = {str(definition["metadata"]["name"]) for definition in definitions}
    deadline = time.monotonic() + _ESTABLISHED_SECONDS
    while missing := {name for name in names if not _is_established(api_server, name)}:
        if time.monotonic() > deadline:
            raise ResourceFailed(f"the API server does not serve {', '.join(sorted(missing))}")
        names = missing
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


def _is_established(api_server: httpx2.Client, name: str) -> bool:
    conditions = api_server.get(f"{_PATH}/{name}").raise_for_status().json().get("status", {}).get("conditions") or []
    return any(one["type"] == "Established" and one["status"] == "True" for one in conditions)
