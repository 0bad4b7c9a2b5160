"""The evaluator says yes and no where Kubernetes and Istio would."""

from typing import Any

import pytest

from api_platform.rules import Manifest
from tests.platform.reachability import Pod, Policies, Request

SHOP = Pod("shop", "staging", {"app": "shop"}, principal="cluster.local/ns/staging/sa/shop", address="10.0.0.1")
STOCK = Pod("stock", "staging", {"app": "stock"}, principal="cluster.local/ns/staging/sa/stock", address="10.0.0.2")
PLAIN = Pod("prometheus", "monitoring", {"app": "prometheus"}, address="10.0.0.3")
CALL = Request(8080)


def network_policy(**spec: Any) -> Manifest:
    return {"kind": "NetworkPolicy", "metadata": {"namespace": "staging"}, "spec": {"podSelector": {}, **spec}}


def authorization_policy(namespace: str = "staging", **spec: Any) -> Manifest:
    return {"kind": "AuthorizationPolicy", "metadata": {"namespace": namespace}, "spec": spec}


def passes(*policies: Manifest, caller: Pod = SHOP, callee: Pod = STOCK, request: Request = CALL) -> bool:
    return Policies.of(policies).packets_pass(caller, callee, request)


def allows(*policies: Manifest, caller: Pod = SHOP, callee: Pod = STOCK, request: Request = CALL) -> bool:
    return Policies.of(policies).mesh_allows(caller, callee, request)


def ingress(*peers: dict[str, Any], port: int = 8080) -> Manifest:
    """A policy that lets these peers in."""
    return network_policy(ingress=[{"from": list(peers), "ports": [{"port": port}]}])


def rule(principal: str = "*", **operation: list[str]) -> dict[str, Any]:
    return {"from": [{"source": {"principals": [principal]}}], "to": [{"operation": operation}]}


def test_without_policies_everything_is_open() -> None:
    assert Policies([], []).reaches(SHOP, STOCK, CALL)


def test_both_layers_must_let_a_request_through() -> None:
    closed, denied = network_policy(), authorization_policy()
    assert not Policies([closed], []).reaches(SHOP, STOCK, CALL)
    assert not Policies([], [denied]).reaches(SHOP, STOCK, CALL)


# NetworkPolicy


def test_a_policy_without_rules_closes_the_pods_that_it_selects() -> None:
    assert not passes(network_policy())


def test_a_policy_leaves_pods_that_it_does_not_select_open() -> None:
    assert passes(network_policy(podSelector={"matchLabels": {"app": "shop"}}))


def test_a_policy_holds_in_its_own_namespace_alone() -> None:
    assert passes(network_policy(), callee=PLAIN)


def test_a_policy_is_about_ingress_unless_it_says_otherwise() -> None:
    assert passes(network_policy(podSelector={"matchLabels": {"app": "shop"}}))
    assert not passes(network_policy(podSelector={"matchLabels": {"app": "shop"}}, policyTypes=["Egress"]))


def test_a_policy_with_egress_rules_is_about_egress_too() -> None:
    assert not passes(network_policy(podSelector={"matchLabels": {"app": "shop"}}, egress=[{"ports": [{"port": 53}]}]))


def test_an_empty_rule_opens_everything() -> None:
    assert passes(network_policy(ingress=[{}]))


def test_what_one_policy_opens_another_does_not_close() -> None:
    assert passes(network_policy(), network_policy(ingress=[{}]))


@pytest.mark.parametrize(("name", "expected"), [("shop", True), ("other", False)])
def test_a_peer_beside_the_pod_is_known_by_its_labels(name: str, expected: bool) -> None:
    assert passes(ingress({"podSelector": {"matchLabels": {"app": name}}})) is expected


def test_a_peer_without_namespace_selector_is_in_the_policys_namespace() -> None:
    elsewhere = Pod("shop", "production", SHOP.labels)
    assert not passes(ingress({"podSelector": {"matchLabels": {"app": "shop"}}}), caller=elsewhere)


@pytest.mark.parametrize(("namespace", "expected"), [("monitoring", True), ("staging", False)])
def test_a_namespace_is_known_by_the_label_that_kubernetes_gives_it(namespace: str, expected: bool) -> None:
    peer = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}
    assert passes(ingress(peer), caller=PLAIN) is expected


def test_a_namespace_is_known_by_its_own_labels_too() -> None:
    namespace = {"kind": "Namespace", "metadata": {"name": "monitoring", "labels": {"team": "platform"}}}
    peer = {"namespaceSelector": {"matchLabels": {"team": "platform"}}}
    assert passes(namespace, ingress(peer), caller=PLAIN)


def test_both_selectors_of_one_peer_must_select() -> None:
    peer = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}},
        "podSelector": {"matchLabels": {"app": "grafana"}},
    }
    assert not passes(ingress(peer), caller=PLAIN)


def test_one_of_several_peers_is_enough() -> None:
    assert passes(ingress({"podSelector": {"matchLabels": {"app": "other"}}}, {"podSelector": {}}))


@pytest.mark.parametrize(("port", "expected"), [(8080, True), (8081, False)])
def test_only_the_named_ports_are_open(port: int, expected: bool) -> None:
    assert passes(ingress({"podSelector": {}}), request=Request(port)) is expected


@pytest.mark.parametrize(("port", "expected"), [(8079, False), (8080, True), (8090, True), (8091, False)])
def test_a_range_of_ports_is_open_from_end_to_end(port: int, expected: bool) -> None:
    policy = network_policy(ingress=[{"ports": [{"port": 8080, "endPort": 8090}]}])
    assert passes(policy, request=Request(port)) is expected


def test_a_port_is_tcps_unless_it_says_otherwise() -> None:
    assert not passes(ingress({"podSelector": {}}, port=53), request=Request(53, protocol="UDP"))


@pytest.mark.parametrize(("cidr", "expected"), [("10.0.0.0/24", True), ("10.1.0.0/24", False)])
def test_a_block_of_addresses_means_pods_too(cidr: str, expected: bool) -> None:
    """Some network plugins take it so, and this one looks for the worst."""
    assert passes(ingress({"ipBlock": {"cidr": cidr}})) is expected


def test_an_exception_from_a_block_is_none_of_it() -> None:
    assert not passes(ingress({"ipBlock": {"cidr": "10.0.0.0/24", "except": ["10.0.0.1/32"]}}))


@pytest.mark.parametrize(("address", "expected"), [("52.1.2.3", True), ("10.0.0.9", False)])
def test_what_leaves_the_cluster_is_known_by_its_address(address: str, expected: bool) -> None:
    to_the_world = [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]
    policy = network_policy(policyTypes=["Egress"], egress=[{"to": to_the_world, "ports": [{"port": 443}]}])
    assert Policies.of([policy]).leaves(SHOP, address, 443) is expected


# AuthorizationPolicy


def test_a_policy_that_allows_nothing_denies() -> None:
    assert not allows(authorization_policy())


def test_an_empty_rule_allows_everything() -> None:
    assert allows(authorization_policy(rules=[{}]))


def test_a_policy_of_another_namespace_does_not_count() -> None:
    assert allows(authorization_policy("production"))


def test_a_policy_of_the_root_namespace_counts_everywhere() -> None:
    assert not allows(authorization_policy("istio-system"))


def test_a_policy_with_a_selector_holds_for_those_pods_alone() -> None:
    policy = authorization_policy(selector={"matchLabels": {"app": "stock"}})
    assert not allows(policy)
    assert allows(policy, callee=SHOP)


def test_what_one_policy_allows_is_allowed() -> None:
    assert allows(authorization_policy(), authorization_policy(rules=[{}]))


def test_what_one_policy_denies_is_denied() -> None:
    assert not allows(authorization_policy(rules=[{}]), authorization_policy(action="DENY", rules=[{}]))


def test_a_denial_of_something_else_denies_nothing() -> None:
    denial = authorization_policy(action="DENY", rules=[rule(ports=["9090"])])
    assert allows(denial)


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("cluster.local/ns/staging/sa/shop", True),
        ("cluster.local/ns/staging/sa/stock", False),
        ("cluster.local/ns/staging/*", True),
        ("*/sa/shop", True),
        ("*", True),
    ],
)
def test_a_caller_is_known_by_its_principal(principal: str, expected: bool) -> None:
    assert allows(authorization_policy(rules=[rule(principal)])) is expected


@pytest.mark.parametrize("principal", ["*", "cluster.local/ns/monitoring/sa/prometheus"])
def test_who_comes_in_plain_text_has_no_principal(principal: str) -> None:
    assert not allows(authorization_policy(rules=[rule(principal)]), caller=PLAIN)


@pytest.mark.parametrize(("namespace", "expected"), [("staging", True), ("production", False)])
def test_a_caller_is_known_by_its_namespace(namespace: str, expected: bool) -> None:
    policy = authorization_policy(rules=[{"from": [{"source": {"namespaces": [namespace]}}]}])
    assert allows(policy) is expected


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(9090, "GET", "/metrics"), True),
        (Request(8080, "GET", "/metrics"), False),
        (Request(9090, "POST", "/metrics"), False),
        (Request(9090, "GET", "/metrics/"), False),
        (Request(9090, "GET", "/"), False),
    ],
)
def test_port_method_and_path_must_all_be_right(request_: Request, expected: bool) -> None:
    policy = authorization_policy(rules=[rule(ports=["9090"], methods=["GET"], paths=["/metrics"])])
    assert allows(policy, request=request_) is expected


def test_caller_and_operation_must_both_be_right() -> None:
    policy = authorization_policy(rules=[rule("cluster.local/ns/staging/sa/stock", ports=["8080"])])
    assert not allows(policy)


@pytest.mark.parametrize("port", [15020, 15021, 15090])
def test_the_proxys_own_ports_are_not_asked_about(port: int) -> None:
    assert allows(authorization_policy(), request=Request(port))


# What it does not understand


@pytest.mark.parametrize(
    "policy",
    [
        network_policy(podSelector={"matchExpressions": []}),
        network_policy(ingress=[{"ports": [{"port": "http"}]}]),
        network_policy(ingress=[{"unknown": []}]),
        authorization_policy(rules=[{"when": []}]),
        authorization_policy(rules=[{"from": [{"source": {"notPrincipals": ["*"]}}]}]),
        authorization_policy(rules=[{"to": [{"operation": {"hosts": ["*"]}}]}]),
        authorization_policy(action="CUSTOM"),
        authorization_policy(targetRefs=[]),
    ],
    ids=str,
)
def test_it_stops_at_what_it_does_not_understand(policy: Manifest) -> None:
    with pytest.raises(NotImplementedError):
        Policies.of([policy]).reaches(SHOP, STOCK, CALL)
