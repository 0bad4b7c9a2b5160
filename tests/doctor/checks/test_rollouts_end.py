from copy import deepcopy

from tests.doctor.patient import Patient

CHECK = "rollouts-end"


def test_a_rollout_past_its_deadline_is_told_with_the_newest_replica_set(patient: Patient) -> None:
    newest = deepcopy(patient.one("ReplicaSet", "stock-1"))
    newest["metadata"] |= {"name": "stock-2", "annotations": {"deployment.kubernetes.io/revision": "10"}}
    newest |= {"spec": {"replicas": 2}, "status": {"replicas": 2, "readyReplicas": 1}}
    patient.objects.append(newest)
    deployment = patient.one("Deployment", "stock")
    patient.says(deployment, "Progressing", "False", "ProgressDeadlineExceeded", "stock-2 has timed out progressing.")
    found = patient.only(CHECK)
    assert found.what == "its rollout did not end within the deadline"
    assert "The newest ReplicaSet, stock-2, has 1 ready pods of 2." in found.why


def test_a_paused_rollout_is_told_with_what_resumes_it(patient: Patient) -> None:
    patient.says(patient.one("Deployment", "stock"), "Progressing", "Unknown", "DeploymentPaused")
    assert "kubectl -n production rollout resume deployment/stock" in patient.only(CHECK).remedy


def test_a_rollout_that_goes_on_is_well(patient: Patient) -> None:
    patient.says(patient.one("Deployment", "stock"), "Progressing", "True", "ReplicaSetUpdated")
    assert patient.say(CHECK) == []
