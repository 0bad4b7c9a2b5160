from api_platform.doctor.observation import QueueState
from tests.doctor.patient import Patient

CHECK = "queues-are-consumed"


def test_messages_that_nobody_takes_are_told(patient: Patient) -> None:
    patient.queues["parcels"] = QueueState(7)
    for pod in patient.pods_of("parcels")[1:]:
        patient.says(pod, "Ready", "False")
    assert patient.say(CHECK) == []
    patient.says(patient.first_pod("parcels"), "Ready", "False")
    assert patient.only(CHECK).what == "it holds 7 messages, and nobody takes them"


def test_an_empty_queue_needs_nobody(patient: Patient) -> None:
    for pod in patient.pods_of("parcels"):
        patient.says(pod, "Ready", "False")
    assert patient.say(CHECK) == []
