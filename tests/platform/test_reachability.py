"""Who can reach whom is exactly what the services declare, by the emitted policies alone.

Every pair of callers and callees is tried on every port. The callers are all workloads, the gateway, Prometheus, and
strangers, two of them in disguise. Each layer is looked at by itself too: either one keeps strangers out.
"""

import pytest

from api_platform.rules import Manifest
from tests.platform.callers import (
    DISGUISED,
    GATEWAY,
    IMPOSTOR,
    METRICS,
    PROMETHEUS,
    PROXY_METRICS,
    STRANGERS,
    callees,
    callers,
    declared_calls,
    matrix,
    policies,
    ports_of,
    scrapes,
    workloads_of,
)
from tests.platform.reachability import Policies, Request
from tests.whole_platform import every_environment, rendering_of

PRODUCT = {
    ("gateway", "api-service"),
    ("gateway", "media-service"),
    ("api-service", "media-service"),
    ("media-processor", "media-service"),
}
"""The product's own calls. A fork's services add theirs."""
OF_THE_PRODUCT = {GATEWAY, "api-service", "media-service", "media-processor", "outbox-processor", "data-export"}


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


def without(environment: str, kind: str, *called: str) -> Policies:
    """The policies that are left when those of the kind with these names are deleted."""

    def stays(one: Manifest) -> bool:
        return one["kind"] != kind or one["metadata"]["name"] not in called

    objects = rendering_of(environment).objects
    kept = [one for one in objects if stays(one)]
    if len(kept) != len(objects) - len(called):
        raise ValueError(f"not all of {called} are there")
    return Policies.of(kept)


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
