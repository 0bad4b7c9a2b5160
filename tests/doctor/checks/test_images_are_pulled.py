import pytest

from tests.doctor.patient import Patient

CHECK = "images-are-pulled"


def unpulled(patient: Patient, message: str = "") -> None:
    waiting = {"reason": "ImagePullBackOff", "message": "Back-off pulling image"}
    patient.status_of(patient.first_pod("stock"), state={"waiting": waiting})
    if message:
        patient.warns(patient.first_pod("stock"), "Failed", message)


def test_it_names_pod_image_and_how_many_have_it(patient: Patient) -> None:
    unpulled(patient)
    found = patient.only(CHECK)
    assert (found.subject, found.object) == ("stock", "Pod/stock-1-0")
    assert found.what == "1 of 2 pods: the image registry.example/orders:v1.2.3 cannot be pulled"


def test_the_cause_is_the_kubelets_event_where_the_state_tells_only_of_the_back_off(patient: Patient) -> None:
    unpulled(patient, "failed to resolve reference: not found")
    assert patient.only(CHECK).why == "failed to resolve reference: not found"


@pytest.mark.parametrize(
    ("cause", "remedy"),
    [
        ("manifest unknown", "Push this tag"),
        ("403 Forbidden", "Let the nodes' role pull"),
        ("dial tcp: i/o timeout", "Open the nodes' way"),
        ("something else", "Check tag and registry"),
    ],
)
def test_the_way_out_follows_from_the_cause(cause: str, remedy: str, patient: Patient) -> None:
    unpulled(patient, cause)
    assert patient.only(CHECK).remedy.startswith(remedy)


def test_several_pods_with_the_same_trouble_are_one_finding(patient: Patient) -> None:
    for pod in patient.pods_of("stock"):
        patient.status_of(pod, state={"waiting": {"reason": "ErrImagePull"}})
    assert patient.only(CHECK).what.startswith("2 of 2 pods: ")


def test_a_pod_on_its_way_out_counts_no_more(patient: Patient) -> None:
    """After a rollback the bad pods are still there for a while."""
    unpulled(patient)
    patient.first_pod("stock")["metadata"]["deletionTimestamp"] = "2026-11-28T12:00:00Z"
    assert patient.say(CHECK) == []
