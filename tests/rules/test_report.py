from api_platform.rules import PLATFORM, Acknowledged, Finding, report
from tests.rules.platform import Platform

RULE = "budget-leaves-room-to-drain"


def a_finding(rule: str = RULE, subject: str = "parcels") -> Finding:
    return Finding(rule, subject, "value", "demand", "remedy")


def test_an_acknowledged_finding_carries_the_specs_reason(platform: Platform) -> None:
    platform.respecify("parcels", acknowledged={RULE: "It is drained by hand."})
    found = report(platform.services, [a_finding()])
    assert found.unacknowledged == ()
    assert found.acknowledged == (Acknowledged(a_finding(), "It is drained by hand."),)


def test_an_acknowledgement_holds_for_its_own_rule_and_workload_alone(platform: Platform) -> None:
    platform.respecify("parcels", acknowledged={RULE: "It is drained by hand."})
    others = (a_finding(subject="stock"), a_finding(rule="names-are-short-and-unique"), a_finding(subject=PLATFORM))
    assert report(platform.services, others).unacknowledged == others
