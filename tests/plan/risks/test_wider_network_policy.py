from typing import Any

import pytest

from api_platform.plan.risks.wider_network_policy import wider_network_policy
from tests.plan.sides import Sides

ORDERS = ("NetworkPolicy", "orders")


def test_one_more_port_is_found(sides: Sides) -> None:
    sides.after.one(*ORDERS)["spec"]["egress"].append({"ports": [{"port": 22, "protocol": "TCP"}]})
    assert sides.values(wider_network_policy) == [
        ("Deployment production/orders", "lets traffic through to everyone on TCP 22")
    ]


def test_a_default_that_lets_something_in_holds_for_all(sides: Sides) -> None:
    sides.after.one("NetworkPolicy", "default-deny")["spec"]["ingress"] = [{}]
    subjects = {subject for subject, _ in sides.values(wider_network_policy)}
    assert subjects == {
        "Deployment production/orders",
        "Deployment production/stock",
        "Deployment production/parcels",
        "all pods of namespace production",
    }


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([{"ipBlock": {"cidr": "10.0.0.0/16"}}], [{"ipBlock": {"cidr": "10.0.0.0/8"}}], 1),
        ([{"ipBlock": {"cidr": "10.0.0.0/8"}}], [{"ipBlock": {"cidr": "10.1.0.0/16"}}], 0),
        ([{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/24"]}}], [{"ipBlock": {"cidr": "10.1.0.0/16"}}], 1),
        ([{"podSelector": {"matchLabels": {"a": "b"}}}], [{"podSelector": {}}], 1),
        ([{"podSelector": {}}], [{"podSelector": {"matchLabels": {"a": "b"}}}], 0),
        ([{"podSelector": {}}], [{"namespaceSelector": {}}], 1),
        ([{"podSelector": {}}], [], 1),
        ([], [{"podSelector": {}}], 0),
    ],
)
def test_peers_are_compared_by_whom_they_let_through(sides: Sides, before: Any, after: Any, found: int) -> None:
    for side, peers in ((sides.before, before), (sides.after, after)):
        rule = {"ports": [{"port": 99}], **({"to": peers} if peers else {})}
        side.one(*ORDERS)["spec"]["egress"].append(rule)
    assert len(sides.risks(wider_network_policy)) == found


def test_a_port_within_a_range_is_no_risk(sides: Sides) -> None:
    sides.before.one(*ORDERS)["spec"]["egress"].append({"ports": [{"port": 100, "endPort": 200}]})
    sides.after.one(*ORDERS)["spec"]["egress"].append({"ports": [{"port": 150}]})
    assert sides.risks(wider_network_policy) == []


def test_rules_in_another_order_are_no_risk(sides: Sides) -> None:
    sides.after.one(*ORDERS)["spec"]["egress"].reverse()
    assert sides.risks(wider_network_policy) == []
