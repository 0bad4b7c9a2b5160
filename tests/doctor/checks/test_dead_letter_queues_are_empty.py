from api_platform.doctor.observation import QueueState
from tests.doctor.patient import Patient


def test_dead_letters_are_told_with_what_sends_them_back(patient: Patient) -> None:
    patient.queues["parcels"] = QueueState(0, dead_letters=1)
    found = patient.only("dead-letter-queues-are-empty")
    assert found.object == "queue production-parcels-dead-letter"
    assert found.what == "1 message could not be processed"
    assert "start-message-move-task --source-arn arn:aws:sqs:eu-west-1:123456789012:production-parcels-dead-letter" in (
        found.remedy
    )
