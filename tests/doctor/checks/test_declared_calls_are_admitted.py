import pytest

from tests.doctor.patient import Patient

CHECK = "declared-calls-are-admitted"
ORDERS = "cluster.local/ns/production/sa/orders"


def test_a_deleted_policy_is_told_with_caller_and_callee(patient: Patient) -> None:
    patient.remove("AuthorizationPolicy", "stock-callers")
    found = patient.only(CHECK)
    assert (found.subject, found.what) == ("stock", "orders may call it, and no policy admits that")
    assert f"No ALLOW policy admits {ORDERS} on port 8082" in found.why
    assert "api-platform synth -e production && kubectl apply -f dist/production/50-" in found.remedy


def test_the_gateway_is_a_caller(patient: Patient) -> None:
    patient.remove("AuthorizationPolicy", "orders-callers")
    assert "cluster.local/ns/istio-ingress/sa/istio-ingressgateway" in patient.only(CHECK).why


def test_a_policy_that_denies_admits_nobody(patient: Patient) -> None:
    patient.one("AuthorizationPolicy", "stock-callers")["spec"]["action"] = "DENY"
    assert len(patient.say(CHECK)) == 1


@pytest.mark.parametrize(
    ("principal", "admits"),
    [
        (ORDERS, True),
        ("*", True),
        ("cluster.local/ns/production/*", True),
        ("*/sa/orders", True),
        ("cluster.local/ns/staging/*", False),
        ("*/sa/stock", False),
    ],
)
def test_identities_match_as_in_istio(principal: str, admits: bool, patient: Patient) -> None:
    (rule,) = patient.one("AuthorizationPolicy", "stock-callers")["spec"]["rules"]
    rule["from"] = [{"source": {"principals": [principal]}}]
    assert (patient.say(CHECK) == []) is admits


@pytest.mark.parametrize(("to", "admits"), [(["8082"], True), (["9090"], False), (None, True)])
def test_ports_count_too(to: list[str] | None, admits: bool, patient: Patient) -> None:
    (rule,) = patient.one("AuthorizationPolicy", "stock-callers")["spec"]["rules"]
    rule["to"] = [{"operation": {"ports": to}}] if to else []
    assert (patient.say(CHECK) == []) is admits


def test_the_caller_is_the_account_that_its_pods_have(patient: Patient) -> None:
    """Renamed there and not in the policy, every call is answered 403."""
    patient.pod("orders")["serviceAccountName"] = "other"
    assert "sa/other" in patient.only(CHECK).why
