from typing import Any

import pytest

from api_platform.kubernetes.service import cluster_service
from api_platform.service import Workload
from tests.kubernetes.pods import a_worker, container_of, deployment_of
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

CALLED = a_workload(name="orders", port=8081)
WORKER = a_worker(name="parcels")

either = pytest.mark.parametrize("workload", [CALLED, WORKER], ids=["called", "worker"])


def rendered(workload: Workload) -> Manifest:
    return object_of(
        lambda chart: cluster_service(chart, in_context(an_environment(name="staging"), a_service(workload), workload))
    )


def ports_of(workload: Workload) -> dict[str, dict[str, Any]]:
    return {port["name"]: port for port in rendered(workload)["spec"]["ports"]}


def test_a_called_workload_offers_its_business_port_and_its_metrics() -> None:
    assert {name: port["port"] for name, port in ports_of(CALLED).items()} == {"http": 8081, "http-metrics": 9090}


def test_a_worker_offers_its_metrics_alone() -> None:
    """It has a Service for its ServiceMonitor's sake."""
    assert {name: port["port"] for name, port in ports_of(WORKER).items()} == {"http-metrics": 9090}


@either
def test_every_port_equals_its_target(workload: Workload) -> None:
    """The VPC CNI's network policies look at the Service's port and mean the container's."""
    assert [port["targetPort"] for port in ports_of(workload).values()] == [
        port["port"] for port in ports_of(workload).values()
    ]


@either
def test_every_port_has_the_name_of_the_containers_port(workload: Workload) -> None:
    """Istio takes the protocol from the name; a ServiceMonitor goes by it."""
    of_the_container = {port["name"]: port["containerPort"] for port in container_of(workload)["ports"]}
    assert {name: port["port"] for name, port in ports_of(workload).items()}.items() <= of_the_container.items()


@either
def test_every_port_says_that_it_speaks_http(workload: Workload) -> None:
    """Istio treats a port whose name starts with no protocol as plain TCP: no retries, no timeout, no metrics."""
    assert {name.partition("-")[0] for name in ports_of(workload)} == {"http"}


def test_a_called_workload_has_one_address() -> None:
    """Without one the mesh would balance over what DNS answers, pod by pod."""
    assert "clusterIP" not in rendered(CALLED)["spec"]


def test_a_worker_has_no_address() -> None:
    assert rendered(WORKER)["spec"]["clusterIP"] == "None"


@either
def test_it_cannot_be_reached_from_outside_the_cluster(workload: Workload) -> None:
    spec = rendered(workload)["spec"]
    assert (spec["type"], spec.get("externalIPs", [])) == ("ClusterIP", [])


@either
def test_it_selects_the_workloads_pods(workload: Workload) -> None:
    pods = deployment_of(workload)["spec"]["template"]["metadata"]["labels"]
    assert rendered(workload)["spec"]["selector"].items() <= pods.items()


@either
def test_it_selects_the_pods_of_every_release(workload: Workload) -> None:
    """With the version in it, a rollout would cut off the old pods before the new ones are ready."""
    assert rendered(workload)["spec"]["selector"] == {"app.kubernetes.io/name": workload.name}


@either
def test_it_carries_the_labels_that_a_service_monitor_selects_by(workload: Workload) -> None:
    assert rendered(workload)["metadata"]["labels"]["app.kubernetes.io/name"] == workload.name


@either
def test_it_is_named_after_its_workload(workload: Workload) -> None:
    """The name is the mesh's host: `orders.staging.svc.cluster.local`."""
    metadata = rendered(workload)["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", workload.name)
