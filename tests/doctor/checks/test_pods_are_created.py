import pytest

from tests.doctor.patient import Patient

CHECK = "pods-are-created"


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        ('pods "stock" is forbidden: exceeded quota: services, requested: pods=1', "its quota follows"),
        ('pods is forbidden: error looking up service account: serviceaccount "x" not found', "Its ServiceAccount"),
        ('pods "stock" is forbidden: violates PodSecurity "restricted:latest"', "security context"),
        ("the API server is unhappy", "Mend what the API server names"),
    ],
)  # fmt: skip
def test_what_the_api_server_says_is_told_with_its_way_out(message: str, remedy: str, patient: Patient) -> None:
    replica_set = patient.one("ReplicaSet", "stock-1")
    replica_set["status"]["replicas"] = 1
    patient.says(replica_set, "ReplicaFailure", "True", "FailedCreate", message)
    found = patient.only(CHECK)
    assert (found.object, found.why) == ("ReplicaSet/stock-1", f"FailedCreate: {message}")
    assert found.what == "it has 1 of 2 pods, and the API server refuses more"
    assert remedy in found.remedy


def test_a_replica_set_that_has_its_pods_is_well(patient: Patient) -> None:
    """The condition stays for a moment."""
    patient.says(patient.one("ReplicaSet", "stock-1"), "ReplicaFailure", "True", "FailedCreate", "exceeded quota")
    assert patient.say(CHECK) == []
