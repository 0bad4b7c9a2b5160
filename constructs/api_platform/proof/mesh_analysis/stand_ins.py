"""What a cluster holds beside our objects, and the analyzers ask for: as little of it as they read, stated here.

What controllers make of our objects (pods of Deployments, Secrets of Certificates) follows from the objects; a broken
object so has the pods and the Secrets that it would have.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from api_platform import names
from api_platform.proof.mesh_analysis.gateway_certificate import secret_of
from api_platform.rules.finding import Manifest
from api_platform.rules.values import rows, table, text

_PROXY: Manifest = {"name": "istio-proxy", "image": "istio/proxyv2"}
"""The container by whose name Istio knows that a pod is in the mesh."""
_GATEWAY_PORTS = {"http2": 80, "https": 443}
"""Those of the gateway chart that serve; its port for health checks is none of the mesh's."""
_INJECTION = "istio-injection"
_INJECT = "sidecar.istio.io/inject"
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML has it: ten times faster, and the CRDs are a megabyte."""


def cluster(objects: Iterable[Manifest], add_on_namespaces: Sequence[Manifest], repository: Path) -> list[Manifest]:
    """Return everything in a cluster that holds these objects. `repository`: where `imports/crds` is."""
    ours = list(objects)
    return [*custom_resource_definitions(repository), *add_on_namespaces, *_stand_ins(ours), *ours]


@cache
def custom_resource_definitions(repository: Path) -> Sequence[Manifest]:
    """Return the CRDs of all kinds that we use, down to their names: istioctl reads a kind only if it has one."""
    files = sorted((repository / "imports" / "crds").glob("*.yaml"))
    return [_names_alone(one) for file in files for one in yaml.load_all(file.read_text(encoding="utf-8"), _LOADER)]


def _stand_ins(objects: Sequence[Manifest]) -> Iterator[Manifest]:
    # Every cluster has it, and istioctl asks for it.
    yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}
    yield from _gateway()
    labels = {text(one, "metadata", "name"): table(one, "metadata", "labels") for one in objects if _is_namespace(one)}
    for one in objects:
        if one["kind"] == "Deployment":
            yield _pod(one, labels.get(text(one, "metadata", "namespace"), {}))
        elif one["kind"] == "Certificate":
            yield secret_of(one)


def _names_alone(crd: Manifest) -> Manifest:
    spec = {key: crd["spec"][key] for key in ("group", "names", "scope")}
    versions = [{"name": one["name"], "served": True, "storage": True} for one in rows(crd, "spec", "versions")]
    return {**crd, "spec": {**spec, "versions": versions}}


def _is_namespace(one: Manifest) -> bool:
    return bool(one["kind"] == "Namespace")


def _pod(deployment: Manifest, namespace_labels: Mapping[str, Any]) -> Manifest:
    """Return one pod of a Deployment as it is after injection: with the proxy, as a native sidecar, if it gets one."""
    template = table(deployment, "spec", "template")
    spec = table(template, "spec")
    metadata = {
        **table(template, "metadata"),
        "name": f"{text(deployment, 'metadata', 'name')}-0",
        "namespace": text(deployment, "metadata", "namespace"),
    }
    asked = {**table(metadata, "annotations"), **table(metadata, "labels")}.get(_INJECT, "true")
    injected = namespace_labels.get(_INJECTION) == "enabled" and asked == "true"
    proxies = [{**_PROXY, "restartPolicy": "Always"}] if injected else []
    containers = [*rows(spec, "initContainers"), *proxies]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {**spec, "initContainers": containers}}


def _gateway() -> Iterator[Manifest]:
    """Return a pod of the ingress gateway and its Service, under the labels that its chart gives them."""
    labels = {"app": names.GATEWAY_RELEASE, **names.GATEWAY_SELECTOR}
    ports = [
        {"name": name, "port": port, "targetPort": port, "protocol": "TCP"} for name, port in _GATEWAY_PORTS.items()
    ]
    yield {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": names.GATEWAY_RELEASE, "namespace": names.GATEWAY_NAMESPACE},
        "spec": {"type": "LoadBalancer", "selector": labels, "ports": ports},
    }
    yield {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": f"{names.GATEWAY_RELEASE}-0",
            "namespace": names.GATEWAY_NAMESPACE,
            "labels": {**labels, _INJECT: "true"},
        },
        "spec": {"serviceAccountName": names.GATEWAY_RELEASE, "containers": [_PROXY]},
    }
