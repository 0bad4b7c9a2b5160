import pytest

from api_platform.rules.network_policies_pass_what_is_needed import RULE
from api_platform.service import CacheAccess
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("direction", "position", "purposes"),
    [
        ("ingress", 0, ["metrics", "the proxy's metrics"]),
        ("ingress", 1, ["calls"]),
        ("egress", 0, ["DNS", "DNS"]),
        ("egress", 1, ["istiod"]),
        ("egress", 2, ["traces"]),
        ("egress", 3, ["AWS"]),
        ("egress", 4, ["database"]),
        ("egress", 6, ["stock"]),
    ],
)
def test_what_a_policy_cuts_off_is_found(
    platform: Platform, direction: str, position: int, purposes: list[str]
) -> None:
    del platform.one("NetworkPolicy", "orders")["spec"][direction][position]
    findings = platform.ask(RULE)
    assert [finding.subject for finding in findings] == ["orders"] * len(purposes)
    assert [finding.value.split("(")[1] for finding in findings] == [f"{purpose})" for purpose in purposes]


def test_a_cache_needs_its_port(platform: Platform) -> None:
    platform.respecify("stock", uses=(CacheAccess(),))
    del platform.one("NetworkPolicy", "stock")["spec"]["egress"][5]
    (finding,) = platform.ask(RULE)
    assert finding.value == "no NetworkPolicy allows egress on TCP 6379 (cache)"


def test_dns_needs_both_protocols(platform: Platform) -> None:
    """Answers over 512 bytes come by TCP: the longer list of pods is, the likelier."""
    del platform.one("NetworkPolicy", "orders")["spec"]["egress"][0]["ports"][1]
    (finding,) = platform.ask(RULE)
    assert "egress on TCP 53" in finding.value


@pytest.mark.parametrize("rule", [{}, {"ports": [{"port": 8000, "endPort": 9999}]}])
def test_a_rule_without_ports_or_with_a_range_passes_them(platform: Platform, rule: dict[str, object]) -> None:
    platform.one("NetworkPolicy", "orders")["spec"]["ingress"][1] = rule
    assert platform.ask(RULE) == []


def test_a_policy_of_the_whole_namespace_counts(platform: Platform) -> None:
    del platform.one("NetworkPolicy", "orders")["spec"]["egress"][0]
    dns = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53}]}
    platform.copy("NetworkPolicy", "default-deny", "dns")["spec"]["egress"] = [dns]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    "ports", [[{"port": 8000, "endPort": 8080}], [{"port": 8081, "protocol": "UDP"}], [{"port": "http"}]]
)
def test_a_rule_for_other_ports_does_not_pass_them(platform: Platform, ports: list[dict[str, object]]) -> None:
    platform.one("NetworkPolicy", "orders")["spec"]["ingress"][1] = {"ports": ports}
    assert platform.subjects(RULE) == ["orders"]


def test_nobody_is_asked_for_more_than_the_spec_implies(platform: Platform) -> None:
    """Else every policy would have to be wide open."""
    platform.respecify("parcels", uses=())
    spec = platform.one("NetworkPolicy", "parcels")["spec"]
    del spec["ingress"][1]
    spec["egress"] = spec["egress"][:3]
    assert platform.ask(RULE) == []


def test_a_callee_that_does_not_exist_is_the_matter_of_another_rule(platform: Platform) -> None:
    platform.respecify("orders", calls=("nobody",))
    assert platform.ask(RULE) == []
