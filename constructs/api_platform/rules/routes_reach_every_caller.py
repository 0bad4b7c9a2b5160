"""Every caller's proxy knows the callee's route and traffic policy: the gateway's, and those inside the mesh."""

from collections.abc import Iterator, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.rules.values import text, words
from api_platform.service import Service, Workload

RULE = rule_name(__name__)


def routes_reach_every_caller(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a VirtualService or a DestinationRule that a caller's proxy does not get.

    Calls go on without them, and so nobody notices: without timeout, retries and circuit breaker. From the gateway,
    which has no route but these, the world is answered 404.
    """
    here = names.namespace_name(environment)
    workloads = [workload for service in services for workload in service.workloads]
    called = {callee for workload in workloads for callee in workload.calls}
    return [
        Finding(
            RULE,
            workload.name,
            f"{title(one)}: {fault}",
            "The proxies of all who call a workload get its VirtualService and its DestinationRule.",
            "Leave out exportTo, and route the mesh's own host on the gateway `mesh` (mesh/routing.py).",
        )
        for workload in workloads
        for kind in ("DestinationRule", "VirtualService")
        if (one := objects.find(kind, here, workload.name)) is not None  # every-workload-is-complete
        for fault in _faults(environment, workload.name, one, _callers(workload, here, called))
    ]


def _callers(workload: Workload, here: str, called: set[str]) -> list[str]:
    """Return the namespaces of those who call the workload."""
    public = workload.exposure is not None and bool(workload.exposure.subdomain)
    return [*([here] if workload.name in called else []), *([names.GATEWAY_NAMESPACE] if public else [])]


def _faults(environment: Environment, service: str, one: Manifest, callers: Sequence[str]) -> Iterator[str]:
    here = names.namespace_name(environment)
    yield from _hidden(one, here, callers)
    if here in callers and text(one, "kind") == "VirtualService":
        yield from _out_of_the_mesh(one, service, names.mesh_host(environment, service))


def _hidden(one: Manifest, here: str, callers: Sequence[str]) -> Iterator[str]:
    exported = words(one, "spec", "exportTo")
    seen_by = {here if where == "." else where for where in exported} or {"*"}
    for where in callers:
        if not seen_by & {"*", where}:
            yield f"exportTo {', '.join(exported)} hides it from {where}"


def _out_of_the_mesh(routing: Manifest, service: str, host: str) -> Iterator[str]:
    """Say what keeps a route from the proxies inside the mesh. `host`: the Service's full name."""
    if "mesh" not in (words(routing, "spec", "gateways") or ["mesh"]):
        yield "is not for the proxies inside the mesh (gateway `mesh`)"
    if not any(_is_for(named, service, host) for named in words(routing, "spec", "hosts")):
        yield f"is not for {host}, by which they call"


def _is_for(named: str, service: str, host: str) -> bool:
    return named in (service, host) or (named.startswith("*") and host.endswith(named[1:]))
