import pytest

from tests.doctor.patient import Patient, ago
from tests.rendering import Manifest

CHECK = "queue-scalers-work"


@pytest.fixture
def scaled(patient: Patient) -> Manifest:
    return patient.one("ScaledObject", "parcels")


def test_a_pause_is_told_with_what_ends_it(patient: Patient, scaled: Manifest) -> None:
    scaled["metadata"]["annotations"] = {"autoscaling.keda.sh/paused-replicas": "2"}
    found = patient.only(CHECK)
    assert found.why == "autoscaling.keda.sh/paused-replicas: 2"
    assert found.remedy.endswith("annotate scaledobject parcels autoscaling.keda.sh/paused-replicas-")


def test_what_keda_refuses_is_told_in_its_words(patient: Patient, scaled: Manifest) -> None:
    patient.says(scaled, "Ready", "False", "ScaledObjectCheckFailed", "Triggers are wrong")
    assert patient.only(CHECK).why == "ScaledObjectCheckFailed: Triggers are wrong"


def test_one_that_keda_has_not_looked_at_is_told(patient: Patient, scaled: Manifest) -> None:
    del scaled["status"]
    assert patient.only(CHECK).why == "KEDA has said nothing of it."


def test_a_new_one_has_a_minute(patient: Patient, scaled: Manifest) -> None:
    del scaled["status"]
    scaled["metadata"]["creationTimestamp"] = ago(59)
    assert patient.say(CHECK) == []
    scaled["metadata"]["creationTimestamp"] = ago(61)
    assert len(patient.say(CHECK)) == 1


def test_a_queue_that_keda_cannot_read_is_told(patient: Patient, scaled: Manifest) -> None:
    scaled["status"]["health"] = {"s0-aws-sqs": {"numberOfFailures": 2, "status": "Failing"}}
    assert patient.only(CHECK).why == "s0-aws-sqs fails."
    patient.warns(scaled, "KEDAScalerFailed", "AccessDenied: sqs:GetQueueAttributes")
    assert patient.only(CHECK).why == "AccessDenied: sqs:GetQueueAttributes"


def test_the_fallback_is_told(patient: Patient, scaled: Manifest) -> None:
    patient.says(scaled, "Fallback", "True", "FallbackExists", "At least one trigger is falling back")
    assert patient.only(CHECK).why == "FallbackExists: At least one trigger is falling back"
