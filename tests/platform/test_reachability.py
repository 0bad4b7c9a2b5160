"""Who can reach whom is exactly what the services declare, by the emitted policies alone.

Every pair of callers and callees is tried on every port. The callers are all workloads, the gateway, Prometheus, and
strangers, two of them in disguise. Each layer is looked at by itself too: either one keeps strangers out.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from api_platform import names
from api_platform.call_graph import build_call_graph
from api_platform.environment import Environment
from api_platform.rules import Manifest
from api_platform.service import BucketAccess, CacheAccess, DatabaseAccess, QueueConsumer, QueueSender, Workload
from tests.platform.reachability import Pod, Policies, Request
from tests.whole_platform import every_environment, rendering_of

Edge = tuple[str, str, int]
"""Caller, callee, port."""

METRICS, PROXY_METRICS = 9090, 15090
OTHER_PORTS = (22, 53, 80, 443, 4317, 5432, 6379, 8081, 15000, 15001, 15004, 15006, 15008, 15012, 15017, 15020, 15021)
"""What else a pod, its proxy or a data store may listen on: nobody is to get there."""

GATEWAY, PROMETHEUS = "gateway", "prometheus"
STRANGER, DISGUISED, IMPOSTOR, FOREIGNER = "stranger", "disguised", "impostor", "foreigner"
STRANGERS = {STRANGER, DISGUISED, IMPOSTOR, FOREIGNER}

INTERNET, DATA_STORES = "internet", "data stores"

PRODUCT = {
    ("gateway", "api-service"),
    ("gateway", "media-service"),
    ("api-service", "media-service"),
    ("media-processor", "media-service"),
}
"""The product's own calls. A fork's services add theirs."""
OF_THE_PRODUCT = {GATEWAY, "api-service", "media-service", "media-processor", "outbox-processor", "data-export"}


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


def without(environment: str, kind: str, *called: str) -> Policies:
    """The policies that are left when those of the kind with these names are deleted."""

    def stays(one: Manifest) -> bool:
        return one["kind"] != kind or one["metadata"]["name"] not in called

    objects = rendering_of(environment).objects
    kept = [one for one in objects if stays(one)]
    if len(kept) != len(objects) - len(called):
        raise ValueError(f"not all of {called} are there")
    return Policies.of(kept)


@every_environment
def test_what_can_be_reached_is_what_is_declared_and_nothing_else(environment: str) -> None:
    assert matrix(environment) == declared_calls(environment) | scrapes(environment)


@every_environment
def test_the_products_own_calls_are_these_four(environment: str) -> None:
    found = {(caller, callee) for caller, callee, _ in matrix(environment)}
    assert {edge for edge in found if set(edge) <= OF_THE_PRODUCT} == PRODUCT


@every_environment
def test_every_workload_is_looked_at(environment: str) -> None:
    """A matrix without a workload in it would prove nothing of it."""
    assert set(callees(environment)) == set(workloads_of(environment))


@every_environment
def test_nobody_reaches_anything_but_metrics_on_the_metrics_port(environment: str) -> None:
    """A program's profiler or debugger often listens beside its metrics."""
    assert matrix(environment, ports=[METRICS], path="/debug/pprof") == set()


@every_environment
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_sends_anything_to_the_metrics_port(environment: str, method: str) -> None:
    prometheus = callers(environment)[PROMETHEUS]
    request = Request(METRICS, method=method, path="/metrics")
    assert not [
        pod.name for pod in callees(environment).values() if policies(environment).reaches(prometheus, pod, request)
    ]


@every_environment
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_callers_may_use_every_method_and_path(environment: str, method: str) -> None:
    """What a user may do is the service's own decision."""
    for caller, callee, port in declared_calls(environment):
        pods = callers(environment)[caller], callees(environment)[callee]
        assert policies(environment).reaches(*pods, Request(port, method=method, path="/v1/any")), (caller, callee)


@every_environment
def test_the_mesh_alone_keeps_strangers_out(environment: str) -> None:
    """Should the network plugin fail, or let a new pod's first packets through."""
    mesh = Policies([], policies(environment).authorization)
    business = [port for port in ports_of(environment) if port not in (METRICS, PROXY_METRICS, 15020, 15021)]
    found = matrix(environment, mesh, ports=business)
    assert {edge for edge in found if edge[0] != IMPOSTOR} == declared_calls(environment)


@every_environment
def test_network_policies_alone_keep_strangers_out(environment: str) -> None:
    """Should a pod run without its proxy."""
    network = Policies(policies(environment).network, [])
    found = matrix(environment, network)
    assert {edge for edge in found if edge[0] != DISGUISED} == declared_calls(environment) | scrapes(environment)


@every_environment
def test_a_pod_that_belongs_to_no_service_reaches_nothing_outside(environment: str) -> None:
    """The namespace is closed both ways: what somebody starts there by hand cannot send anything away."""
    stranger = callers(environment)[STRANGER]
    judge = policies(environment)
    assert not [port for port in ports_of(environment) if judge.leaves(stranger, "52.1.2.3", port)]


def outside(environment: Environment) -> dict[str, str]:
    """An address of the internet, AWS's own APIs among it, and one of the VPC, where the data stores are."""
    return {INTERNET: "52.1.2.3", DATA_STORES: environment.network_cidr.rsplit(".", 1)[0] + ".200"}


def needed_outside(workload: Workload) -> set[tuple[str, int]]:
    """Where the workload must get to, by its `uses=`."""
    ways: set[tuple[str, int]] = set()
    if any(isinstance(need, QueueConsumer | QueueSender | BucketAccess) for need in workload.uses):
        ways |= {(INTERNET, 443), (DATA_STORES, 443)}  # S3 and SQS: by public addresses, or by endpoints in the VPC
    if workload.needs(DatabaseAccess):
        ways.add((DATA_STORES, 5432))
    if workload.needs(CacheAccess):
        ways.add((DATA_STORES, 6379))
    return ways


@every_environment
def test_workloads_leave_the_cluster_only_for_what_they_use(environment: str) -> None:
    places = outside(rendering_of(environment).environment)
    for name, workload in workloads_of(environment).items():
        found = {
            (place, port)
            for place, address in places.items()
            for port in ports_of(environment)
            if policies(environment).leaves(callers(environment)[name], address, port)
        }
        assert found == needed_outside(workload), name


INFRASTRUCTURE = {
    "dns over UDP": (Pod("coredns", "kube-system", {"k8s-app": "kube-dns"}), Request(53, protocol="UDP")),
    "dns over TCP": (Pod("coredns", "kube-system", {"k8s-app": "kube-dns"}), Request(53)),
    "istiod": (Pod("istiod", "istio-system", {"app": "istiod"}), Request(15012)),
    "trace collector": (Pod("collector", "observability"), Request(4317)),
}


@every_environment
@pytest.mark.parametrize("service", INFRASTRUCTURE)
def test_every_workload_reaches_its_infrastructure(environment: str, service: str) -> None:
    """Without DNS or istiod nothing works; without the collector, traces vanish in silence."""
    pod, request = INFRASTRUCTURE[service]
    assert [
        name
        for name in callees(environment)
        if not policies(environment).packets_pass(callers(environment)[name], pod, request)
    ] == []


@every_environment
@pytest.mark.parametrize("namespace", ["kube-system", "istio-system", "observability"])
def test_no_workload_reaches_anything_else_beside_them(environment: str, namespace: str) -> None:
    """A pod of the same namespace with other labels, outside the VPC's addresses and the AWS port."""
    pod = Pod("neighbour", namespace, {"app": "neighbour"})
    expected = {4317} if namespace == "observability" else set()
    for name in callees(environment):
        caller = callers(environment)[name]
        ports = {
            port for port in ports_of(environment) if policies(environment).packets_pass(caller, pod, Request(port))
        }
        assert ports - {443} == expected, name


# The matrix notices when a policy is missing


def test_without_its_callers_policy_a_workload_is_called_by_nobody() -> None:
    broken = without("production", "AuthorizationPolicy", "media-service-callers")
    lost = {edge for edge in declared_calls("production") if edge[1] == "media-service"}
    assert lost
    assert matrix("production", broken) == matrix("production") - lost


def test_without_its_network_policy_a_workload_is_called_by_nobody_and_calls_nobody() -> None:
    broken = without("production", "NetworkPolicy", "media-service")
    assert matrix("production", broken) == {edge for edge in matrix("production") if "media-service" not in edge}


def test_without_any_authorization_a_disguise_is_enough() -> None:
    broken = Policies(policies("production").network, [])
    assert {edge[0] for edge in matrix("production", broken)} & STRANGERS == {DISGUISED}


def test_without_any_network_policy_everybody_reads_metrics() -> None:
    broken = Policies([], policies("production").authorization)
    readers = {caller for caller, _, port in matrix("production", broken) if port == METRICS}
    assert readers == set(callers("production"))


def test_without_the_workloads_policies_the_namespace_stays_closed() -> None:
    """`default-deny` and `allow-nothing`: each alone keeps out whom no policy of a workload lets in."""
    names_of_workloads = list(callees("production"))
    network = without("production", "NetworkPolicy", *names_of_workloads)
    authorization = [one for one in network.authorization if one["metadata"]["name"] == "allow-nothing"]
    assert matrix("production", Policies(network.network, [])) == set()
    assert matrix("production", Policies([], authorization), ports=[8080, METRICS]) == set()
