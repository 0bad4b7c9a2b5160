"""The evaluator says yes and no where the mesh's proxy would."""

from typing import Any

import pytest

from tests.platform.reachability import Pod, Policies, Request
from tests.platform.small_policies import CALL, PLAIN, SHOP, STOCK, authorization_policy
from tests.rendering import Manifest


def allows(*policies: Manifest, caller: Pod = SHOP, callee: Pod = STOCK, request: Request = CALL) -> bool:
    return Policies.of(policies).mesh_allows(caller, callee, request)


def rule(principal: str = "*", **operation: list[str]) -> dict[str, Any]:
    return {"from": [{"source": {"principals": [principal]}}], "to": [{"operation": operation}]}


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
