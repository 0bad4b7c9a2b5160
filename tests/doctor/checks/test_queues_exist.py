from tests.doctor.patient import Patient

CHECK = "queues-exist"


def test_a_queue_that_is_gone_is_told_with_its_stack(patient: Patient) -> None:
    patient.queues["parcels"] = None
    found = patient.only(CHECK)
    assert (found.subject, found.object) == ("parcels", "queue production-parcels")
    assert found.command == "aws sqs get-queue-url --queue-name production-parcels --region eu-west-1"


def test_without_aws_nothing_is_gone(patient: Patient) -> None:
    patient.asks_aws = False
    assert patient.say(CHECK) == []


def test_it_hides_that_keda_cannot_read_it(patient: Patient) -> None:
    patient.queues["parcels"] = None
    patient.says(patient.one("ScaledObject", "parcels"), "Fallback", "True")
    assert patient.diagnoses() == [(CHECK, "parcels")]
