import pytest

from api_platform.doctor.observation import QueueState
from tests.doctor.patient import Patient

CHECK = "autoscalers-have-room"


def at_maximum(patient: Patient, workload: str) -> None:
    autoscaler = patient.one("HorizontalPodAutoscaler", workload)
    patient.says(autoscaler, "ScalingLimited", "True", "TooManyReplicas", "more than the maximum")
    patient.says(autoscaler, "ScalingActive", "True", "ValidMetricFound", "calculated from cpu")


def test_at_the_maximum_by_use_is_told_with_the_measure(patient: Patient) -> None:
    at_maximum(patient, "orders")
    found = patient.only(CHECK)
    assert found.what == "it is at its maximum, 10 pods, and that is not enough"
    assert found.why == "For 5 min it would want more. calculated from cpu."
    assert "[replicas.orders]" in found.remedy


@pytest.mark.parametrize(("earlier", "found"), [(90, True), (100, True), (110, False)])
def test_a_queue_that_is_worked_off_needs_no_more(earlier: int, found: bool, patient: Patient) -> None:
    at_maximum(patient, "parcels")
    patient.queues["parcels"] = QueueState(100, earlier, 10)
    assert bool(patient.say(CHECK)) is found


def test_a_growing_queue_is_told_with_its_depth(patient: Patient) -> None:
    at_maximum(patient, "parcels")
    patient.queues["parcels"] = QueueState(420, 390, 10)
    assert "Its queue holds 420 messages, +30 in 10 s; a pod is wanted for every 10." in patient.only(CHECK).why


def test_without_aws_the_autoscaler_is_believed(patient: Patient) -> None:
    at_maximum(patient, "parcels")
    patient.asks_aws = False
    assert len(patient.say(CHECK)) == 1


@pytest.mark.parametrize("reason", ["ScaleUpLimit", "TooFewReplicas"])
def test_other_limits_are_no_lack(reason: str, patient: Patient) -> None:
    """At its minimum, or on its way up, an autoscaler is limited too."""
    patient.says(patient.one("HorizontalPodAutoscaler", "orders"), "ScalingLimited", "True", reason)
    assert patient.say(CHECK) == []
