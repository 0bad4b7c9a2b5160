"""A Kubernetes API of names alone: kubectl finds out from it which kinds there are, and nothing else is in it."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KINDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "v1": {
        "Event": ("events", "ev"),
        "Node": ("nodes", "no"),
        "Pod": ("pods", "po"),
        "ResourceQuota": ("resourcequotas", "quota"),
    },
    "acme.cert-manager.io/v1": {"Challenge": ("challenges",), "Order": ("orders",)},
    "apps/v1": {"Deployment": ("deployments", "deploy"), "ReplicaSet": ("replicasets", "rs")},
    "autoscaling/v2": {"HorizontalPodAutoscaler": ("horizontalpodautoscalers", "hpa")},
    "cert-manager.io/v1": {
        "Certificate": ("certificates", "cert"),
        "CertificateRequest": ("certificaterequests", "cr"),
        "ClusterIssuer": ("clusterissuers",),
    },
    "discovery.k8s.io/v1": {"EndpointSlice": ("endpointslices",)},
    "external-secrets.io/v1": {"ExternalSecret": ("externalsecrets", "es"), "SecretStore": ("secretstores", "ss")},
    "keda.sh/v1alpha1": {"ScaledObject": ("scaledobjects", "so")},
    "metrics.k8s.io/v1beta1": {"PodMetrics": ("pods",)},
    "monitoring.coreos.com/v1": {
        "PodMonitor": ("podmonitors", "pmon"),
        "Prometheus": ("prometheuses", "prom"),
        "ServiceMonitor": ("servicemonitors", "smon"),
    },
    "networking.istio.io/v1": {
        "EnvoyFilter": ("envoyfilters",),
        "VirtualService": ("virtualservices", "vs"),
    },
    "policy/v1": {"PodDisruptionBudget": ("poddisruptionbudgets", "pdb")},
    "security.istio.io/v1": {"AuthorizationPolicy": ("authorizationpolicies", "ap")},
}
"""Group and version -> kind -> plural, and what it is called for short."""


@contextmanager
def served_api() -> Iterator[str]:
    """Serve it on loopback until the block ends. Yields its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer what discovery asks; everything else is not there."""
        answer = discovery().get(self.path.partition("?")[0])
        failure = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer or failure).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def discovery() -> dict[str, Any]:
    """Return path -> document, as an API server without aggregated discovery has them."""
    groups = [version.split("/") for version in KINDS if "/" in version]
    documents: dict[str, Any] = {
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/apis": {
            "kind": "APIGroupList",
            "apiVersion": "v1",
            "groups": [
                {"name": group, "versions": [{"groupVersion": f"{group}/{version}", "version": version}]}
                for group, version in groups
            ],
        },
    }
    for version, kinds in KINDS.items():
        path = f"/apis/{version}" if "/" in version else f"/api/{version}"
        documents[path] = {
            "kind": "APIResourceList",
            "groupVersion": version,
            "resources": [_resource(kind, *called) for kind, called in kinds.items()],
        }
    return documents


def _resource(kind: str, plural: str, *short: str) -> dict[str, Any]:
    return {
        "name": plural,
        "singularName": kind.lower(),
        "namespaced": kind not in ("ClusterIssuer", "Node"),
        "kind": kind,
        "verbs": ["get", "list", "watch"],
        "shortNames": list(short),
    }
