import pytest

from tests.doctor.patient import Patient

CHECK = "budgets-let-nodes-drain"


@pytest.fixture(autouse=True)
def _tight(patient: Patient) -> None:
    status = {"currentHealthy": 2, "desiredHealthy": 2, "expectedPods": 2, "disruptionsAllowed": 0}
    patient.one("PodDisruptionBudget", "stock")["status"] = status


def cordon(patient: Patient, node: str) -> None:
    patient.objects.append({"kind": "Node", "metadata": {"name": node}, "spec": {"unschedulable": True}})


def test_a_budget_that_allows_nothing_is_told(patient: Patient) -> None:
    found = patient.only(CHECK)
    assert (found.object, found.why) == (
        "PodDisruptionBudget/stock",
        "2 of its 2 pods must stay, so none may be evicted.",
    )


def test_what_the_spec_accepts_is_told_only_while_a_drain_waits_for_it(patient: Patient) -> None:
    """data-export runs at one replica, as the product asks: else the doctor would never be content."""
    patient.respecify("stock", acknowledged={"budget-leaves-room-to-drain": "Pause it at two, then drain."})
    cordon(patient, "node-of-others")
    assert patient.say(CHECK) == []
    cordon(patient, "node-1")
    found = patient.only(CHECK)
    assert found.why.endswith("Being drained, and waiting for it: node-1.")
    assert found.remedy == "Pause it at two, then drain."


def test_where_pods_are_missing_the_budget_does_what_it_is_for(patient: Patient) -> None:
    patient.one("PodDisruptionBudget", "stock")["status"]["currentHealthy"] = 1
    assert patient.say(CHECK) == []


def test_a_budget_without_pods_or_status_is_let_pass(patient: Patient) -> None:
    patient.one("PodDisruptionBudget", "stock")["status"] = {"expectedPods": 0, "disruptionsAllowed": 0}
    assert patient.say(CHECK) == []
