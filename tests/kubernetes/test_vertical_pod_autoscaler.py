from typing import Any

from api_platform.kubernetes.vertical_pod_autoscaler import vertical_pod_autoscaler
from tests.kubernetes.pods import container_of
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

WORKLOAD = a_workload(name="orders")


def rendered() -> Manifest:
    environment = an_environment(name="staging")
    return object_of(
        lambda chart: vertical_pod_autoscaler(chart, in_context(environment, a_service(WORKLOAD), WORKLOAD).owner)
    )


def policies() -> dict[str, dict[str, Any]]:
    return {one["containerName"]: one for one in rendered()["spec"]["resourcePolicy"]["containerPolicies"]}


def test_it_only_recommends() -> None:
    """Beside an autoscaler on CPU, it would raise the request, which lowers the use, which lowers the replicas."""
    assert rendered()["spec"]["updatePolicy"] == {"updateMode": "Off"}


def test_it_looks_at_the_workloads_deployment() -> None:
    assert rendered()["spec"]["targetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"}


def test_it_recommends_for_the_workloads_container() -> None:
    assert policies()[container_of(WORKLOAD)["name"]] == {"containerName": "orders", "controlledValues": "RequestsOnly"}


def test_it_leaves_the_proxy_out() -> None:
    """The proxy's resources are istiod's, and counted in the quota."""
    assert policies()["istio-proxy"] == {"containerName": "istio-proxy", "mode": "Off"}


def test_it_is_named_after_its_workload() -> None:
    assert (rendered()["metadata"]["namespace"], rendered()["metadata"]["name"]) == ("staging", "orders")
