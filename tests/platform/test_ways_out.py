"""What leaves the cluster, or goes to its infrastructure, is what the services declare by `uses=`."""

import pytest

from api_platform.environment import Environment
from api_platform.service import BucketAccess, CacheAccess, DatabaseAccess, QueueConsumer, QueueSender, Workload
from tests.platform.callers import STRANGER, callees, callers, policies, ports_of, workloads_of
from tests.platform.reachability import Pod, Request
from tests.whole_platform import every_environment, rendering_of

INTERNET, DATA_STORES = "internet", "data stores"


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
