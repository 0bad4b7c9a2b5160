from typing import Any

from constructs import Construct

from api_platform.call_graph import CallGraph, build_call_graph
from api_platform.mesh.authorization import allow_callers, allow_metrics, allow_nothing
from api_platform.service import Workload
from tests.rendering import Manifest, object_of, objects_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging")
ORDERS = a_workload(name="orders", port=8081, exposure=an_exposure(subdomain="orders"))
STOCK = a_workload(name="stock", port=8082)
BILLING = a_workload(name="billing", exposure=None, calls=("orders", "stock"))
GRAPH = build_call_graph([a_service(ORDERS, STOCK, BILLING)])


def callers_of(workload: Workload, graph: CallGraph = GRAPH) -> list[Manifest]:
    service = a_service(workload)
    return objects_of(lambda chart: allow_callers(chart, in_context(ENVIRONMENT, service, workload, graph)))


def principals_of(workload: Workload) -> list[str]:
    (policy,) = callers_of(workload)
    (rule,) = policy["spec"]["rules"]
    (source,) = rule["from"]
    principals: list[str] = source["source"]["principals"]
    return principals


def metrics_rule() -> dict[str, Any]:
    policy = object_of(lambda chart: allow_metrics(chart, in_context(ENVIRONMENT, a_service(ORDERS), ORDERS)))
    (rule,) = policy["spec"]["rules"]
    return dict(rule)


def test_allow_nothing_has_an_empty_spec() -> None:
    """Without the `spec` nothing would be denied; with one empty rule everything would be allowed."""
    assert object_of(lambda chart: allow_nothing(chart, ENVIRONMENT))["spec"] == {}


def test_allow_nothing_holds_for_the_environments_namespace() -> None:
    metadata = object_of(lambda chart: allow_nothing(chart, ENVIRONMENT))["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", "allow-nothing")


def test_the_gateway_is_known_by_its_releases_service_account() -> None:
    assert "cluster.local/ns/istio-ingress/sa/istio-ingressgateway" in principals_of(ORDERS)


def test_a_workload_is_known_by_its_own_service_account() -> None:
    assert "cluster.local/ns/staging/sa/billing" in principals_of(ORDERS)


def test_nobody_but_the_graphs_callers_may_call() -> None:
    assert principals_of(STOCK) == ["cluster.local/ns/staging/sa/billing"]


def test_callers_reach_the_workloads_port_alone() -> None:
    """Without `ports` they would reach the metrics port too, and whatever else the container opens."""
    (policy,) = callers_of(ORDERS)
    assert policy["spec"]["rules"][0]["to"] == [{"operation": {"ports": ["8081"]}}]


def test_callers_and_port_stand_in_one_rule() -> None:
    """Two rules would be joined by `or`: any port for the callers, the port for anybody."""
    (policy,) = callers_of(ORDERS)
    assert [sorted(rule) for rule in policy["spec"]["rules"]] == [["from", "to"]]


def test_the_policy_allows() -> None:
    (policy,) = callers_of(ORDERS)
    assert policy["spec"]["action"] == "ALLOW"


def test_the_policy_holds_for_the_workloads_own_pods() -> None:
    """Without a selector the callers of one workload could call every other."""
    (policy,) = callers_of(ORDERS)
    assert policy["spec"]["selector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}


def test_a_workload_that_nobody_calls_gets_no_policy() -> None:
    """A policy without principals would allow everybody."""
    assert callers_of(BILLING) == []


def test_on_the_metrics_port_the_metrics_may_be_read_and_nothing_else_done() -> None:
    operation = {"methods": ["GET"], "paths": ["/metrics"], "ports": ["9090"]}
    assert metrics_rule() == {"to": [{"operation": operation}]}


def test_the_metrics_policy_holds_for_the_workloads_own_pods() -> None:
    policy = object_of(lambda chart: allow_metrics(chart, in_context(ENVIRONMENT, a_service(ORDERS), ORDERS)))
    assert policy["spec"]["selector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}


def test_a_workloads_policies_have_different_names() -> None:
    def build(scope: Construct) -> None:
        allow_callers(scope, in_context(ENVIRONMENT, a_service(ORDERS), ORDERS, GRAPH))
        allow_metrics(scope, in_context(ENVIRONMENT, a_service(ORDERS), ORDERS))

    assert [one["metadata"]["name"] for one in objects_of(build)] == ["orders-callers", "orders-metrics"]
