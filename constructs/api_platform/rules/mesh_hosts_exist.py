"""Every host that a mesh object names is a Service that is rendered, on a port that it has."""

from collections.abc import Iterator, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, title
from api_platform.rules.values import rows, text, whole, words
from api_platform.service import Service

RULE = rule_name(__name__)
_CLUSTER = ".svc.cluster.local"


def mesh_hosts_exist(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a route, a traffic policy or an egress scope for a host that is not there, and a callee out of scope.

    The mesh accepts each of them: a route answers 503, a DestinationRule is ignored, and a callee that the caller's
    Sidecar leaves out loses its timeout, its retries and its mTLS.
    """
    here = names.namespace_name(environment)
    findings = [
        _finding(objects, manifest, f"{host}, which no Service here has")
        for manifest in objects.of_kind("VirtualService", "DestinationRule", "Sidecar")
        for host in _hosts(manifest)
        if (service := _service(host, here)) and objects.find("Service", here, service) is None
    ]
    findings += [
        _finding(objects, routing, f"port {port} of {host}, which that Service has not")
        for routing in objects.of_kind("VirtualService")
        for host, port in _destinations(routing)
        if (found := objects.find("Service", here, _service(host, here))) is not None
        and port is not None
        and port not in [whole(one, "port") for one in rows(found, "spec", "ports")]
    ]
    return findings + _out_of_scope(environment, services, objects)


def _out_of_scope(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    here = names.namespace_name(environment)
    scopes = {
        name(deployment): {_service(host, here) or host for host in _egress(sidecar)}
        for sidecar in objects.of_kind("Sidecar")
        for deployment in objects.selected_by(sidecar)
    }
    return [
        Finding(
            RULE,
            workload.name,
            f"its Sidecar leaves out {callee}, which it calls",
            "A Sidecar's egress holds every callee.",
            "Let the Sidecar follow from calls=.",
        )
        for workload, _ in objects.deployments(environment, services)
        for callee in workload.calls
        if workload.name in scopes and not scopes[workload.name] & {callee, "*/*", "./*", f"{here}/*"}
    ]


def _hosts(manifest: Manifest) -> Iterator[str]:
    yield from words(manifest, "spec", "hosts")
    yield text(manifest, "spec", "host")
    yield from (host for host, _ in _destinations(manifest))
    yield from _egress(manifest)


def _destinations(manifest: Manifest) -> Iterator[tuple[str, int | None]]:
    for route in rows(manifest, "spec", "http"):
        for one in rows(route, "route"):
            yield text(one, "destination", "host"), whole(one, "destination", "port", "number")


def _egress(sidecar: Manifest) -> list[str]:
    return [host for one in rows(sidecar, "spec", "egress") for host in words(one, "hosts")]


def _service(host: str, here: str) -> str:
    """Return the Service of this namespace that a host names; empty for public hosts and other namespaces.

    A host may be `name`, `name.namespace.svc.cluster.local`, or either with `namespace/` before it (Sidecars).
    """
    scope, _, rest = host.rpartition("/")
    service, _, where = rest.removesuffix(_CLUSTER).partition(".")
    if "*" in rest or scope not in ("", ".", "*", here):
        return ""
    return service if where in ("", here) else ""


def _finding(objects: Objects, manifest: Manifest, value: str) -> Finding:
    return Finding(
        RULE,
        objects.subject(manifest),
        f"{title(manifest)} names {value}",
        "Every host inside the mesh is a rendered Service, by its full name, on one of its ports.",
        "Take the host from names.mesh_host and the port from the workload's spec.",
    )
