from typing import Any

import pytest

from api_platform.context import PlatformContext
from api_platform.mesh.gateway import gateway
from api_platform.mesh.routing import virtual_service
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging", domain="shop.example")
ROUTES = ("reads", "others")


def spec(**exposure_changes: Any) -> dict[str, Any]:
    exposure = an_exposure(**exposure_changes)
    workload = a_workload(name="orders", port=8081, exposure=exposure)
    service = a_service(workload)
    manifest = object_of(lambda chart: virtual_service(chart, in_context(ENVIRONMENT, service, workload), exposure))
    return dict(manifest["spec"])


def route(name: str, **exposure_changes: Any) -> dict[str, Any]:
    (named,) = [one for one in spec(**exposure_changes)["http"] if one["name"] == name]
    return dict(named)


def test_a_public_workload_answers_to_its_public_and_its_mesh_host() -> None:
    """Without the mesh host, calls inside the mesh have neither timeout nor retries."""
    hosts = spec(subdomain="orders")["hosts"]
    assert hosts == ["orders.shop.example", "orders.staging.svc.cluster.local"]


def test_a_public_workload_is_reached_through_the_gateway_and_from_the_mesh() -> None:
    """Named gateways replace the default, which is `mesh`: without it there, inner calls lose their rules."""
    assert spec(subdomain="orders")["gateways"] == ["istio-ingress/public", "mesh"]


def test_the_route_names_the_gateway_that_exists() -> None:
    public = a_service(a_workload(exposure=an_exposure(subdomain="orders")))
    metadata = object_of(lambda chart: gateway(chart, PlatformContext.of(ENVIRONMENT, [public])))["metadata"]
    assert f"{metadata['namespace']}/{metadata['name']}" in spec(subdomain="orders")["gateways"]


def test_a_workload_without_subdomain_is_reached_from_the_mesh_alone() -> None:
    assert (spec()["hosts"], spec()["gateways"]) == (["orders.staging.svc.cluster.local"], ["mesh"])


@pytest.mark.parametrize("name", ROUTES)
def test_requests_go_to_the_workloads_own_port(name: str) -> None:
    destination = {"host": "orders.staging.svc.cluster.local", "port": {"number": 8081}}
    assert route(name)["route"] == [{"destination": destination}]


@pytest.mark.parametrize("name", ROUTES)
def test_a_request_may_take_as_long_as_the_spec_says(name: str) -> None:
    assert route(name, timeout_seconds=300)["timeout"] == "300s"


def test_get_and_head_are_reads_and_all_else_is_not() -> None:
    """A list of conditions is `or`; one condition with both methods would match nothing."""
    assert route("reads")["match"] == [{"method": {"exact": "GET"}}, {"method": {"exact": "HEAD"}}]


def test_the_route_for_all_else_comes_last_and_takes_everything() -> None:
    """Envoy takes the first route that matches."""
    last = spec()["http"][-1]
    assert (last["name"], "match" in last) == ("others", False)


def test_reads_are_tried_again_after_a_503() -> None:
    """Istio 1.30's default dropped 503: a pod whose container has just died would fail the caller."""
    assert route("reads")["retries"]["retryOn"] == "connect-failure,refused-stream,unavailable,cancelled,503"


def test_other_methods_are_tried_again_only_where_the_request_never_arrived() -> None:
    """An order would be placed twice."""
    assert route("others")["retries"]["retryOn"] == "connect-failure,refused-stream"


@pytest.mark.parametrize("name", ROUTES)
def test_the_spec_says_how_often_a_request_is_tried_again(name: str) -> None:
    assert route(name, retry_attempts=4)["retries"]["attempts"] == 4


@pytest.mark.parametrize("name", ROUTES)
def test_three_retries_are_the_default(name: str) -> None:
    assert route(name)["retries"]["attempts"] == 3


@pytest.mark.parametrize("name", ROUTES)
def test_retries_wait_exponentially_from_a_tenth_of_a_second(name: str) -> None:
    assert route(name)["retries"]["backoff"] == "100ms"


@pytest.mark.parametrize("name", ROUTES)
def test_no_try_is_cut_short(name: str) -> None:
    """Four tries in 30 seconds would have 7 each."""
    assert "perTryTimeout" not in route(name)["retries"]


@pytest.mark.parametrize("name", ROUTES)
def test_no_retries_are_said_in_so_many_words(name: str) -> None:
    """Left out, Istio tries twice more."""
    assert route(name, retry_attempts=0)["retries"] == {"attempts": 0}
