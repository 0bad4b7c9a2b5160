import pytest

from tests.doctor.patient import Patient

CHECK = "containers-are-created"


@pytest.mark.parametrize("reason", ["CreateContainerConfigError", "CreateContainerError", "RunContainerError"])
def test_what_the_kubelet_cannot_create_is_found(reason: str, patient: Patient) -> None:
    patient.status_of(patient.first_pod("orders"), state={"waiting": {"reason": reason, "message": "no configmap"}})
    assert patient.only(CHECK).why == f"{reason}: no configmap"


def test_a_volume_that_does_not_mount_is_told_by_its_event(patient: Patient) -> None:
    """The state of the container says nothing of it."""
    pod = patient.first_pod("orders")
    patient.status_of(pod, state={"waiting": {"reason": "ContainerCreating"}})
    assert patient.say(CHECK) == []
    patient.warns(pod, "FailedMount", 'secret "orders-database" not found')
    found = patient.only(CHECK)
    assert found.why == 'secret "orders-database" not found'
    assert "kubectl -n production get externalsecrets" in found.remedy
