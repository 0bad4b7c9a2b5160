"""What metrics.k8s.io/v1beta1 answers: discovery, the metrics of pods and of nodes, as documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from eks_twin.metrics_api.usage import PodUse

GROUP = "metrics.k8s.io"
VERSION = "v1beta1"
ROOT = f"/apis/{GROUP}"
BASE = f"{ROOT}/{VERSION}"
_API_VERSION = f"{GROUP}/{VERSION}"
_WINDOW = "15s"
"""Over how long the figures are said to be measured: metrics-server's own interval."""

Document = dict[str, Any]


def group() -> Document:
    """Return the group, with its one version."""
    version = {"groupVersion": _API_VERSION, "version": VERSION}
    return {
        "kind": "APIGroup",
        "apiVersion": "v1",
        "name": GROUP,
        "versions": [version],
        "preferredVersion": version,
    }


def resources() -> Document:
    """Return the kinds of the version."""
    return {
        "kind": "APIResourceList",
        "apiVersion": "v1",
        "groupVersion": _API_VERSION,
        "resources": [_resource("nodes", "NodeMetrics", False), _resource("pods", "PodMetrics", True)],
    }


def pod_metrics(use: PodUse) -> Document:
    """Return the metrics of a pod, container by container."""
    containers = [{"name": each.name, "usage": _usage(each.cpu, each.memory)} for each in use.containers]
    pod = use.pod
    metadata = {"name": pod.name, "namespace": pod.namespace, "labels": dict(pod.labels)}
    return {"kind": "PodMetrics", "apiVersion": _API_VERSION, **_measured(metadata), "containers": containers}


def node_metrics(uses: Iterable[PodUse]) -> Mapping[str, Document]:
    """Return the metrics of the nodes that pods run on, by name: what the pods on each use together."""
    cpu: defaultdict[str, int] = defaultdict(int)
    memory: defaultdict[str, int] = defaultdict(int)
    for use in uses:
        cpu[use.pod.node] += sum(container.cpu for container in use.containers)
        memory[use.pod.node] += sum(container.memory for container in use.containers)
    return {
        node: {
            "kind": "NodeMetrics",
            "apiVersion": _API_VERSION,
            **_measured({"name": node}),
            "usage": _usage(cpu[node], memory[node]),
        }
        for node in sorted(cpu)
    }


def listed(kind: str, items: Iterable[Document]) -> Document:
    """Return a list of metrics. `kind`: PodMetrics or NodeMetrics."""
    return {"kind": f"{kind}List", "apiVersion": _API_VERSION, "metadata": {}, "items": list(items)}


def failure(code: int, reason: str, message: str) -> Document:
    """Return the Status by which an API says no."""
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": reason,
        "code": code,
    }


def _measured(metadata: Document) -> Document:
    return {
        "metadata": metadata,
        "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "window": _WINDOW,
    }


def _usage(cpu: int, memory: int) -> Document:
    return {"cpu": f"{cpu}m", "memory": str(memory)}


def _resource(name: str, kind: str, namespaced: bool) -> Document:
    return {"name": name, "singularName": "", "namespaced": namespaced, "kind": kind, "verbs": ["get", "list"]}
