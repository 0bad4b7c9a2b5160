from api_platform.plan.risks.wider_authorization import wider_authorization
from tests.plan.sides import Sides

CALLERS = ("AuthorizationPolicy", "stock-callers")
ORDERS = "cluster.local/ns/production/sa/orders"


def test_one_more_caller_is_found(sides: Sides) -> None:
    rule = sides.after.one(*CALLERS)["spec"]["rules"][0]
    rule["from"][0]["source"]["principals"].append("cluster.local/ns/production/sa/parcels")
    (risk,) = sides.risks(wider_authorization)
    assert (risk.subject, risk.value) == (
        "Deployment production/stock",
        "admits cluster.local/ns/production/sa/parcels on port 8082",
    )


def test_a_rule_that_no_longer_asks_who_calls_is_found(sides: Sides) -> None:
    del sides.after.one(*CALLERS)["spec"]["rules"][0]["from"]
    assert sides.values(wider_authorization) == [("Deployment production/stock", "admits everyone on port 8082")]


def test_a_rule_that_no_longer_names_a_port_is_found(sides: Sides) -> None:
    del sides.after.one(*CALLERS)["spec"]["rules"][0]["to"]
    assert sides.values(wider_authorization) == [("Deployment production/stock", f"admits {ORDERS} on every port")]


def test_a_condition_that_goes_is_found(sides: Sides) -> None:
    when = [{"key": "request.headers[x]", "values": ["1"]}]
    sides.before.one(*CALLERS)["spec"]["rules"][0]["when"] = when
    assert len(sides.risks(wider_authorization)) == 1


def test_a_policy_that_is_split_or_renamed_is_no_change(sides: Sides) -> None:
    sides.after.copy(*CALLERS, "stock-others")
    sides.after.remove(*CALLERS)
    assert sides.risks(wider_authorization) == []


def test_fewer_callers_are_no_risk(sides: Sides) -> None:
    sides.before.one(*CALLERS)["spec"]["rules"][0]["from"][0]["source"]["principals"].append("other")
    assert sides.risks(wider_authorization) == []


def test_a_pattern_covers_what_it_matches(sides: Sides) -> None:
    sides.before.one(*CALLERS)["spec"]["rules"][0]["from"][0]["source"]["principals"] = ["cluster.local/*"]
    assert sides.risks(wider_authorization) == []


def test_a_new_workloads_callers_are_no_risk(sides: Sides) -> None:
    for kind, name in (("Deployment", "stock"), CALLERS, ("AuthorizationPolicy", "stock-metrics")):
        sides.before.remove(kind, name)
    assert sides.risks(wider_authorization) == []
