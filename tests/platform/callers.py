"""Who calls, who is called, and the matrix of who gets through, in the environments as they are rendered."""

from collections.abc import Iterable, Mapping
from functools import cache

from api_platform import names
from api_platform.call_graph import build_call_graph
from api_platform.service import Workload
from tests.platform.reachability import Pod, Policies, Request
from tests.whole_platform import rendering_of

Edge = tuple[str, str, int]
"""Caller, callee, port."""

METRICS, PROXY_METRICS = 9090, 15090
OTHER_PORTS = (22, 53, 80, 443, 4317, 5432, 6379, 8081, 15000, 15001, 15004, 15006, 15008, 15012, 15017, 15020, 15021)
"""What else a pod, its proxy or a data store may listen on: nobody is to get there."""

GATEWAY, PROMETHEUS = "gateway", "prometheus"
STRANGER, DISGUISED, IMPOSTOR, FOREIGNER = "stranger", "disguised", "impostor", "foreigner"
STRANGERS = {STRANGER, DISGUISED, IMPOSTOR, FOREIGNER}


def workloads_of(environment: str) -> dict[str, Workload]:
    return {one.name: one for service in rendering_of(environment).services for one in service.workloads}


def of_the_mesh(namespace: str, service_account: str) -> str:
    return f"cluster.local/ns/{namespace}/sa/{service_account}"


@cache
def callees(environment: str) -> Mapping[str, Pod]:
    """A pod of each Deployment, with the labels, the account and (in the VPC) the address that it would have."""
    network = rendering_of(environment).environment.network_cidr.rsplit(".", 1)[0]
    deployments = [one for one in rendering_of(environment).objects if one["kind"] == "Deployment"]
    return {
        one["metadata"]["name"]: Pod(
            one["metadata"]["name"],
            one["metadata"]["namespace"],
            one["spec"]["template"]["metadata"]["labels"],
            of_the_mesh(one["metadata"]["namespace"], one["spec"]["template"]["spec"]["serviceAccountName"]),
            f"{network}.{number}",
        )
        for number, one in enumerate(deployments, start=10)
    }


@cache
def callers(environment: str) -> Mapping[str, Pod]:
    """Every workload, the gateway, Prometheus, and strangers."""
    inside = callees(environment)
    trusted = next(iter(inside.values()))
    others = [
        Pod(GATEWAY, "istio-ingress", {"istio": "ingressgateway"}, of_the_mesh("istio-ingress", names.GATEWAY_RELEASE)),
        Pod(PROMETHEUS, "monitoring", {"app.kubernetes.io/name": "prometheus"}),
        Pod(STRANGER, environment, {"app": "stranger"}, of_the_mesh(environment, "default")),
        # Wears a workload's labels, but cannot have its certificate.
        Pod(DISGUISED, environment, trusted.labels, of_the_mesh(environment, "default")),
        # The other way round: runs under a workload's account, without its labels.
        Pod(IMPOSTOR, environment, {"app": "impostor"}, trusted.principal),
        Pod(FOREIGNER, "elsewhere", trusted.labels, of_the_mesh("elsewhere", trusted.name)),
    ]
    return {**inside, **{pod.name: pod for pod in others}}


@cache
def policies(environment: str) -> Policies:
    return Policies.of(rendering_of(environment).objects)


def ports_of(environment: str) -> list[int]:
    business = {workload.port for workload in workloads_of(environment).values()}
    return sorted({*business, METRICS, PROXY_METRICS, *OTHER_PORTS})


def matrix(
    environment: str, by: Policies | None = None, *, ports: Iterable[int] = (), path: str = "/metrics"
) -> set[Edge]:
    """All that can be reached by GET. `by`: default is all policies. `ports`: default is every port."""
    judge = by or policies(environment)
    return {
        (caller.name, callee.name, port)
        for caller in callers(environment).values()
        for callee in callees(environment).values()
        for port in ports or ports_of(environment)
        if judge.reaches(caller, callee, Request(port, path=path))
    }


def declared_calls(environment: str) -> set[Edge]:
    graph = build_call_graph(rendering_of(environment).services)
    return {(call.caller, call.callee, call.port) for call in graph.calls}


def scrapes(environment: str) -> set[Edge]:
    return {(PROMETHEUS, name, port) for name in callees(environment) for port in (METRICS, PROXY_METRICS)}
