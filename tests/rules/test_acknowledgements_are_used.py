from api_platform.rules import run_rules
from api_platform.rules.acknowledgements_are_used import RULE
from tests.rules.platform import Platform

DRAIN = "budget-leaves-room-to-drain"


def stale(platform: Platform) -> list[tuple[str, str]]:
    findings = run_rules(platform.environment, platform.services, platform.objects)
    return [(finding.subject, finding.value) for finding in findings if finding.rule == RULE]


def test_an_acknowledgement_of_a_finding_is_accepted(platform: Platform) -> None:
    platform.one("ScaledObject", "parcels")["spec"]["minReplicaCount"] = 1
    platform.respecify("parcels", acknowledged={DRAIN: "It is drained by hand."})
    assert stale(platform) == []


def test_an_acknowledgement_that_has_outlived_its_finding_is_found(platform: Platform) -> None:
    """The next finding of that rule would pass unseen, under a reason given for another."""
    platform.respecify("parcels", acknowledged={DRAIN: "It is drained by hand."})
    assert stale(platform) == [("parcels", f"acknowledges {DRAIN!r}, which finds nothing here")]


def test_the_finding_of_another_workload_does_not_keep_it_alive(platform: Platform) -> None:
    platform.one("HorizontalPodAutoscaler", "stock")["spec"]["minReplicas"] = 1
    platform.respecify("parcels", acknowledged={DRAIN: "It is drained by hand."})
    assert stale(platform) == [("parcels", f"acknowledges {DRAIN!r}, which finds nothing here")]


def test_an_acknowledgement_of_no_rule_is_found_with_the_nearest_name(platform: Platform) -> None:
    platform.respecify("parcels", acknowledged={"budget-leaves-room-to-drian": "It is drained by hand."})
    (finding,) = run_rules(platform.environment, platform.services, platform.objects)
    assert "which is no rule" in finding.value
    assert f"Did you mean {DRAIN!r}?" in finding.remedy


def test_this_rule_cannot_be_acknowledged(platform: Platform) -> None:
    platform.respecify("parcels", acknowledged={RULE: "We like to keep them."})
    assert stale(platform) == [("parcels", f"acknowledges {RULE!r}, which is no rule")]
