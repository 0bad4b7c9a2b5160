"""Pods as the API server lists them: valid by default."""

from collections.abc import Mapping, Sequence

from eks_twin.manifests import NAME_LABEL, Manifest


def container(
    name: str = "api-service",
    *,
    requests: Mapping[str, str] | None = None,
    limits: Mapping[str, str] | None = None,
    **fields: str,
) -> Manifest:
    """Return a container of 500m and 512Mi, which may use 1 core and 768Mi."""
    resources = {
        "requests": {"cpu": "500m", "memory": "512Mi"} if requests is None else requests,
        "limits": {"cpu": "1", "memory": "768Mi"} if limits is None else limits,
    }
    return {"name": name, "resources": resources, **fields}


def pod(
    name: str = "api-service-1",
    *,
    workload: str = "api-service",
    namespace: str = "production",
    phase: str = "Running",
    ready: bool = True,
    leaving: bool = False,
    node: str = "node-1",
    containers: Sequence[Manifest] | None = None,
    sidecars: Sequence[Manifest] = (),
) -> Manifest:
    """Return a ready pod of the API."""
    gone = {"deletionTimestamp": "2026-11-01T00:00:00Z"} if leaving else {}
    return {
        "metadata": {"name": name, "namespace": namespace, "labels": {NAME_LABEL: workload}, **gone},
        "spec": {
            "containers": [container(workload)] if containers is None else containers,
            "initContainers": sidecars,
            "nodeName": node,
        },
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": str(ready)}]},
    }
