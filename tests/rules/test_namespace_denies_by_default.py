import pytest

from api_platform.rules import PLATFORM
from api_platform.rules.namespace_denies_by_default import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("kind", "name", "faults"),
    [
        ("NetworkPolicy", "default-deny", 1),
        ("AuthorizationPolicy", "allow-nothing", 1),
        ("PeerAuthentication", "default", 1),
        ("Namespace", "production", 2),
    ],
)
def test_a_namespace_that_is_not_closed_is_found(platform: Platform, kind: str, name: str, faults: int) -> None:
    """Everything works without these, and everything is open."""
    platform.remove(kind, name)
    assert platform.subjects(RULE) == [PLATFORM] * faults


@pytest.mark.parametrize("label", ["istio-injection", "pod-security.kubernetes.io/enforce"])
def test_a_namespace_without_its_labels_is_found(platform: Platform, label: str) -> None:
    del platform.one("Namespace", "production")["metadata"]["labels"][label]
    (finding,) = platform.ask(RULE)
    assert label in finding.value


@pytest.mark.parametrize(
    "spec",
    [
        {"podSelector": {}, "policyTypes": ["Ingress"]},
        {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{}]},
        {"podSelector": {"matchLabels": {"a": "b"}}, "policyTypes": ["Ingress", "Egress"]},
    ],
)
def test_a_default_deny_with_a_gap_is_found(platform: Platform, spec: dict[str, object]) -> None:
    platform.one("NetworkPolicy", "default-deny")["spec"] = spec
    assert platform.subjects(RULE) == [PLATFORM]


@pytest.mark.parametrize("spec", [{"rules": [{}]}, {"action": "DENY"}, {"selector": {"matchLabels": {"a": "b"}}}])
def test_an_allow_nothing_that_allows_is_found(platform: Platform, spec: dict[str, object]) -> None:
    """One empty rule allows everything; an empty DENY denies nothing."""
    platform.one("AuthorizationPolicy", "allow-nothing")["spec"] = spec
    assert platform.subjects(RULE) == [PLATFORM]


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DISABLE"])
def test_a_workload_that_takes_plain_text_is_found(platform: Platform, mode: str) -> None:
    platform.one("PeerAuthentication", "stock")["spec"]["mtls"]["mode"] = mode
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", f"PeerAuthentication/stock: mode {mode} takes plain text")


def test_another_port_than_that_of_the_metrics_in_plain_text_is_found(platform: Platform) -> None:
    platform.one("PeerAuthentication", "stock")["spec"]["portLevelMtls"]["8082"] = {"mode": "PERMISSIVE"}
    (finding,) = platform.ask(RULE)
    assert "port 8082 in mode PERMISSIVE" in finding.value


def test_the_mesh_wide_rule_is_looked_at_too(platform: Platform) -> None:
    loose = platform.copy("PeerAuthentication", "default", "default")
    loose["metadata"]["namespace"] = "istio-system"
    loose["spec"]["mtls"]["mode"] = "PERMISSIVE"
    assert platform.subjects(RULE) == [PLATFORM]


@pytest.mark.parametrize("mutual_tls", [{}, {"mode": "UNSET"}])
def test_a_workload_that_says_nothing_inherits_strict(platform: Platform, mutual_tls: dict[str, str]) -> None:
    platform.one("PeerAuthentication", "stock")["spec"]["mtls"] = mutual_tls
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("kind", ["NetworkPolicy", "AuthorizationPolicy", "PeerAuthentication"])
def test_what_closes_another_namespace_does_not_close_ours(platform: Platform, kind: str) -> None:
    names = {"NetworkPolicy": "default-deny", "AuthorizationPolicy": "allow-nothing", "PeerAuthentication": "default"}
    platform.one(kind, names[kind])["metadata"]["namespace"] = "legacy"
    assert platform.subjects(RULE) == [PLATFORM]


def test_other_namespaces_may_take_plain_text(platform: Platform) -> None:
    loose = platform.copy("PeerAuthentication", "default", "default")
    loose["metadata"]["namespace"] = "legacy"
    loose["spec"]["mtls"]["mode"] = "PERMISSIVE"
    assert platform.ask(RULE) == []
