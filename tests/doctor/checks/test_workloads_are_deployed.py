import pytest

from tests.doctor.patient import Patient, ago

CHECK = "workloads-are-deployed"


@pytest.mark.parametrize(
    ("kind", "workload"),
    [("Deployment", "orders"), ("HorizontalPodAutoscaler", "orders"), ("ScaledObject", "parcels")],
)
def test_what_is_missing_is_named_with_the_stack_that_brings_it(kind: str, workload: str, patient: Patient) -> None:
    patient.remove(kind, workload)
    found = patient.only(CHECK)
    assert found.object == f"{kind}/{workload}"
    assert "cdk deploy --exclusively production/" in found.remedy


def test_a_missing_deployment_hides_its_missing_autoscaler(patient: Patient) -> None:
    patient.remove("Deployment", "orders")
    patient.remove("HorizontalPodAutoscaler", "orders")
    assert patient.only(CHECK).object == "Deployment/orders"


def test_the_autoscaler_that_keda_did_not_make_is_kedas(patient: Patient) -> None:
    patient.remove("HorizontalPodAutoscaler", "parcels")
    found = patient.only(CHECK)
    assert "KEDA" in found.why
    assert found.command == "kubectl -n keda get pods,deployments"


def test_keda_has_a_minute_to_make_it(patient: Patient) -> None:
    patient.remove("HorizontalPodAutoscaler", "parcels")
    patient.one("ScaledObject", "parcels")["metadata"]["creationTimestamp"] = ago(59)
    assert patient.say(CHECK) == []


@pytest.mark.parametrize(("kind", "status"), [("Paused", "True"), ("Ready", "False")])
def test_keda_has_no_autoscaler_while_it_is_paused_or_refuses(kind: str, status: str, patient: Patient) -> None:
    """Another check says so."""
    patient.remove("HorizontalPodAutoscaler", "parcels")
    patient.says(patient.one("ScaledObject", "parcels"), kind, status)
    assert patient.say(CHECK) == []
