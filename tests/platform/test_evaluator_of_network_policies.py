"""The evaluator says yes and no where a network plugin would."""

from typing import Any

import pytest

from tests.platform.reachability import Pod, Policies, Request
from tests.platform.small_policies import CALL, PLAIN, SHOP, STOCK, network_policy
from tests.rendering import Manifest


def passes(*policies: Manifest, caller: Pod = SHOP, callee: Pod = STOCK, request: Request = CALL) -> bool:
    return Policies.of(policies).packets_pass(caller, callee, request)


def ingress(*peers: dict[str, Any], port: int = 8080) -> Manifest:
    """A policy that lets these peers in."""
    return network_policy(ingress=[{"from": list(peers), "ports": [{"port": port}]}])


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
