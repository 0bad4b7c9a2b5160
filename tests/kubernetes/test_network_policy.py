from collections.abc import Iterator
from typing import Any

import pytest

from api_platform.call_graph import build_call_graph
from api_platform.kubernetes.network_policy import default_deny, network_policy
from api_platform.service import (
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    Need,
    QueueConsumer,
    QueueSender,
    SecretAccess,
    Workload,
)
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging", network_cidr="10.20.0.0/16")
Rule = tuple[dict[str, Any], frozenset[tuple[str, int]]]
"""One peer, and the ports (protocol, number) that are open to it."""

STOCK = a_workload(name="stock", port=8082)
ORDERS = a_workload(name="orders", port=8081, exposure=an_exposure(subdomain="orders"), calls=("stock",))


def rendered(workload: Workload, *others: Workload) -> Manifest:
    service = a_service(workload, *others)
    graph = build_call_graph([service])
    return object_of(lambda chart: network_policy(chart, in_context(ENVIRONMENT, service, workload, graph)))


def rules(policy: Manifest, direction: str, peers: str) -> Iterator[Rule]:
    for rule in policy["spec"][direction]:
        for peer in rule[peers]:
            yield peer, frozenset((port["protocol"], port["port"]) for port in rule["ports"])


def ingress(workload: Workload, *others: Workload) -> list[Rule]:
    return list(rules(rendered(workload, *others), "ingress", "from"))


def egress(workload: Workload, *others: Workload) -> list[Rule]:
    return list(rules(rendered(workload, *others), "egress", "to"))


def tcp(*ports: int) -> frozenset[tuple[str, int]]:
    return frozenset(("TCP", port) for port in ports)


def in_namespace(name: str, **pods: str) -> dict[str, Any]:
    selected = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}
    labels = {key.replace("_", "-"): value for key, value in pods.items()}
    return {**selected, "podSelector": {"matchLabels": labels}} if labels else selected


def beside(name: str) -> dict[str, Any]:
    return {"podSelector": {"matchLabels": {"app.kubernetes.io/name": name}}}


DNS = (in_namespace("kube-system", k8s_app="kube-dns"), frozenset({("UDP", 53), ("TCP", 53)}))
ISTIOD = (in_namespace("istio-system", app="istiod"), tcp(15012))
COLLECTOR = (in_namespace("observability"), tcp(4317))
INFRASTRUCTURE = [DNS, ISTIOD, COLLECTOR]
AWS = ({"ipBlock": {"cidr": "0.0.0.0/0"}}, tcp(443))
DATABASE = ({"ipBlock": {"cidr": "10.20.0.0/16"}}, tcp(5432))
CACHE = ({"ipBlock": {"cidr": "10.20.0.0/16"}}, tcp(6379))
SCRAPE = (in_namespace("monitoring"), tcp(9090, 15090))


def test_the_namespace_is_closed_to_all_pods_both_ways() -> None:
    """Any rule in it, an empty one too, would open it."""
    policy = object_of(lambda chart: default_deny(chart, ENVIRONMENT))
    assert policy["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_it_is_the_environments_namespace_that_is_closed() -> None:
    policy = object_of(lambda chart: default_deny(chart, ENVIRONMENT))
    assert policy["metadata"]["namespace"] == "staging"


def test_a_workloads_policy_holds_both_ways() -> None:
    assert rendered(STOCK)["spec"]["policyTypes"] == ["Ingress", "Egress"]


def test_a_workloads_policy_opens_its_own_pods_alone() -> None:
    assert rendered(STOCK)["spec"]["podSelector"] == {"matchLabels": {"app.kubernetes.io/name": "stock"}}


def test_a_workloads_policy_does_not_depend_on_the_release() -> None:
    """With the version among the labels, pods of the next release would be cut off until the policy is applied."""
    assert "version" not in str(rendered(STOCK)["spec"])


def test_a_workload_that_nobody_calls_is_open_to_scrapes_alone() -> None:
    assert ingress(STOCK) == [SCRAPE]


def test_a_caller_of_the_mesh_reaches_the_container_port() -> None:
    """A Service's port is none of a NetworkPolicy's business: it sees packets after they are redirected."""
    assert ingress(STOCK, ORDERS) == [(beside("orders"), tcp(8082)), SCRAPE]


def test_the_gateways_pods_reach_a_public_workload() -> None:
    """By namespace and label together; as two peers, each pod of both would be let in."""
    gateway = in_namespace("istio-ingress", istio="ingressgateway")
    assert ingress(ORDERS, STOCK) == [(gateway, tcp(8081)), SCRAPE]


def test_monitoring_reaches_metrics_of_the_workload_and_of_its_proxy() -> None:
    assert SCRAPE in ingress(ORDERS, STOCK)


def test_without_needs_a_workload_reaches_its_infrastructure_alone() -> None:
    assert egress(STOCK) == INFRASTRUCTURE


def test_names_are_resolved_over_udp_and_tcp() -> None:
    """An answer that is too long for UDP comes over TCP: without it, only some names fail."""
    assert DNS in egress(STOCK)


def test_a_caller_reaches_its_callees_container_port() -> None:
    assert egress(ORDERS, STOCK) == [*INFRASTRUCTURE, (beside("stock"), tcp(8082))]


def test_a_callee_does_not_reach_its_caller() -> None:
    assert egress(STOCK, ORDERS) == INFRASTRUCTURE


@pytest.mark.parametrize(
    ("need", "opened"),
    [
        (QueueConsumer(longest_job_seconds=60), [AWS]),
        (QueueSender(queue="parcels"), [AWS]),
        (BucketAccess(bucket="media", mode="read"), [AWS]),
        (DatabaseAccess(), [DATABASE]),
        (CacheAccess(), [CACHE]),
        (SecretAccess(secret="jwt"), []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_need_opens_the_way_to_it_and_no_other(need: Need, opened: list[Rule]) -> None:
    """Secrets come by External Secrets, which is not our pod. A role needs 443 for STS, whatever else it may do."""
    assert egress(a_workload(uses=(need,))) == [*INFRASTRUCTURE, *opened]


def test_two_needs_of_one_kind_open_the_way_once() -> None:
    senders = tuple(QueueSender(queue=queue) for queue in ("parcels", "letters"))
    assert egress(a_workload(uses=senders)) == [*INFRASTRUCTURE, AWS]


@pytest.mark.parametrize("port", [15006, 15008, 15017, 15020, 15021])
def test_ports_that_sidecars_do_not_need_from_outside_stay_closed(port: int) -> None:
    everything = ingress(ORDERS, STOCK) + egress(ORDERS, STOCK)
    assert port not in {number for _, ports in everything for _, number in ports}


def test_it_is_named_after_its_workload() -> None:
    metadata = rendered(STOCK)["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", "stock")
