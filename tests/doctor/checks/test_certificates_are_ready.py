import pytest

from tests.doctor.patient import Patient, ago
from tests.rendering import Manifest

CHECK = "certificates-are-ready"
DAY = 24 * 3600


@pytest.fixture
def certificate(patient: Patient) -> Manifest:
    return patient.one("Certificate", "orders-tls")


def test_one_that_is_not_valid_is_told_with_its_host_and_its_workload(patient: Patient, certificate: Manifest) -> None:
    patient.says(certificate, "Ready", "False", "DoesNotExist", "Issuing certificate as Secret does not exist")
    found = patient.only(CHECK)
    assert (found.subject, found.what) == ("orders", "orders.example.com has no valid certificate")
    assert found.command == "kubectl -n istio-ingress describe certificate orders-tls"


def test_a_new_one_has_ten_minutes_unless_it_has_failed(patient: Patient, certificate: Manifest) -> None:
    patient.says(certificate, "Ready", "False")
    certificate["metadata"]["creationTimestamp"] = ago(599)
    assert patient.say(CHECK) == []
    certificate["status"]["lastFailureTime"] = ago(5)
    assert len(patient.say(CHECK)) == 1


@pytest.mark.parametrize(
    ("left", "what"),
    [(15 * DAY, None), (13 * DAY, "orders.example.com: it ends in 312 h"), (-60, "orders.example.com: it has ended")],
)
def test_one_that_was_not_renewed_is_told_two_weeks_before_its_end(
    left: int, what: str | None, patient: Patient, certificate: Manifest
) -> None:
    certificate["status"]["notAfter"] = ago(-left)
    assert [one.what for one in patient.say(CHECK)] == ([what] if what else [])


def test_where_nobody_looks_after_them_it_is_one_finding(patient: Patient, certificate: Manifest) -> None:
    del certificate["status"]
    assert patient.only(CHECK).object == "Deployment/cert-manager"
