from typing import Any

import pytest

from api_platform.call_graph import build_call_graph
from api_platform.mesh.sidecar import sidecar
from api_platform.service import GoRuntime, NodeRuntime, Workload
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment, in_context

ENVIRONMENT = an_environment(name="staging")
STOCK = a_workload(name="stock")
PRICES = a_workload(name="prices")
ORDERS = a_workload(name="orders", calls=("stock",))
SERVICE = a_service(ORDERS, STOCK, PRICES)
GRAPH = build_call_graph([SERVICE])


def spec(workload: Workload) -> dict[str, Any]:
    return dict(object_of(lambda chart: sidecar(chart, in_context(ENVIRONMENT, SERVICE, workload, GRAPH)))["spec"])


def egress(workload: Workload) -> list[str]:
    (listener,) = spec(workload)["egress"]
    return list(listener["hosts"])


def test_a_proxy_knows_the_services_that_its_workload_calls() -> None:
    assert "./stock.staging.svc.cluster.local" in egress(ORDERS)


def test_a_proxy_knows_no_other_service() -> None:
    infrastructure = [
        "istio-system/*",
        "observability/opentelemetry-collector.observability.svc.cluster.local",
    ]
    assert egress(PRICES) == infrastructure


def test_a_proxy_knows_the_trace_collector() -> None:
    """Left out, traces vanish without a word."""
    assert "observability/opentelemetry-collector.observability.svc.cluster.local" in egress(ORDERS)


def test_hosts_outside_the_mesh_stay_reachable() -> None:
    """With REGISTRY_ONLY, every call to AWS ends in a black hole."""
    assert spec(ORDERS)["outboundTrafficPolicy"] == {"mode": "ALLOW_ANY"}


def test_it_holds_for_the_workloads_own_pods() -> None:
    """Without a selector it would hold for the namespace, where only one such object may be."""
    assert spec(ORDERS)["workloadSelector"] == {"labels": {"app.kubernetes.io/name": "orders"}}


@pytest.mark.parametrize(
    ("runtime", "timeout"),
    [(NodeRuntime(), "4s"), (NodeRuntime(keep_alive_seconds=65), "64s"), (GoRuntime(), "59s")],
)
def test_the_proxy_gives_up_an_idle_connection_before_the_workload_does(
    runtime: NodeRuntime | GoRuntime, timeout: str
) -> None:
    """Node closes after 5 seconds: a request sent in that moment fails, and a POST is not tried again."""
    pool = spec(a_workload(runtime=runtime))["inboundConnectionPool"]
    assert pool["http"]["idleTimeout"] == timeout


def test_the_shortest_keep_alive_leaves_a_timeout_above_zero() -> None:
    """Zero switches the timeout off."""
    shortest = a_workload(runtime=NodeRuntime(keep_alive_seconds=2))
    assert spec(shortest)["inboundConnectionPool"]["http"]["idleTimeout"] == "1s"


def test_no_callers_limits_bind_the_workloads_own_proxy() -> None:
    """Istio applies the DestinationRule's pool here too: one caller's limits would be those of all together."""
    assert spec(ORDERS)["inboundConnectionPool"] == {"http": {"idleTimeout": "4s"}}
