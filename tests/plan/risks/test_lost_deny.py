from api_platform.plan.risks.lost_deny import lost_deny
from tests.plan.sides import Sides

NAMESPACE = "all pods of namespace production"


def test_a_namespace_without_its_default_deny_is_open(sides: Sides) -> None:
    sides.after.remove("NetworkPolicy", "default-deny")
    assert sides.values(lost_deny) == [
        (NAMESPACE, "no NetworkPolicy closes ingress any more"),
        (NAMESPACE, "no NetworkPolicy closes egress any more"),
    ]


def test_a_workload_that_nothing_selects_any_more_is_open(sides: Sides) -> None:
    for side in (sides.before, sides.after):
        side.remove("NetworkPolicy", "default-deny")
    sides.after.one("NetworkPolicy", "stock")["spec"]["policyTypes"] = ["Ingress"]
    assert sides.values(lost_deny) == [("Deployment production/stock", "no NetworkPolicy closes egress any more")]


def test_a_namespace_without_allow_nothing_is_open(sides: Sides) -> None:
    sides.after.remove("AuthorizationPolicy", "allow-nothing")
    assert sides.values(lost_deny) == [(NAMESPACE, "no ALLOW policy applies any more")]


def test_a_deny_rule_that_goes_is_found(sides: Sides) -> None:
    spec = {"action": "DENY", "rules": [{"to": [{"operation": {"paths": ["/admin"]}}]}]}
    denial = {"kind": "AuthorizationPolicy", "metadata": {"name": "no", "namespace": "production"}, "spec": spec}
    sides.before.objects.append(denial)
    assert (NAMESPACE, "no longer denies everyone on every port (/admin)") in sides.values(lost_deny)


def test_policies_of_a_workload_that_goes_too_are_no_risk(sides: Sides) -> None:
    for kind, name in (("Deployment", "stock"), ("NetworkPolicy", "stock"), ("AuthorizationPolicy", "stock-callers")):
        sides.after.remove(kind, name)
    assert sides.risks(lost_deny) == []
