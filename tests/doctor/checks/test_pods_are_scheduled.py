import pytest

from tests.doctor.patient import Patient

CHECK = "pods-are-scheduled"
SENTENCE = "0/9 nodes are available: 9 Insufficient cpu."


def unscheduled(patient: Patient, since: float = 90, message: str = SENTENCE) -> None:
    patient.says(patient.first_pod("stock"), "PodScheduled", "False", "Unschedulable", message, since)


def test_the_schedulers_own_sentence_is_told(patient: Patient) -> None:
    unscheduled(patient)
    assert patient.only(CHECK).why == f"For 90 s: {SENTENCE}"


def test_a_new_node_may_take_a_minute(patient: Patient) -> None:
    unscheduled(patient, since=60)
    assert patient.say(CHECK) == []


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        (SENTENCE, "environments/production.toml"),
        ("9 node(s) didn't match Pod's node affinity/selector", "add nodes to its pool"),
        ("3 node(s) had untolerated taint {a: b}", "taint"),
        ("3 node(s) were unschedulable", "Uncordon"),
        ("something new", "as the scheduler's sentence says"),
    ],
)
def test_the_way_out_follows_from_the_sentence(message: str, remedy: str, patient: Patient) -> None:
    unscheduled(patient, message=message)
    assert remedy in patient.only(CHECK).remedy
