"""What holds for all checks: their table, that they say nothing of what is well, and that a cause hides its effects."""

from copy import deepcopy
from pathlib import Path

import pytest

from api_platform.doctor.examination import CHECKS, EXPLAINED_BY, diagnose
from api_platform.doctor.observation import QueueState
from tests.doctor.patient import Patient
from tests.rules.test_rules import MISSING, change, parts_of_each_kind

FILES = Path(__file__).parents[2] / "constructs" / "api_platform" / "doctor" / "checks"


def test_every_file_is_a_check_of_its_name() -> None:
    """A check that is written and not in the table would never run."""
    files = {path.stem for path in FILES.glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in CHECKS} == files


def test_every_check_has_a_test_file() -> None:
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "checks").glob("test_*.py")}
    assert tests == {name.replace("-", "_") for name in CHECKS}


def test_what_is_well_is_not_spoken_of(patient: Patient) -> None:
    assert diagnose(patient.seen) == []


def test_what_explains_and_what_is_explained_are_checks() -> None:
    """A renamed check would hide nothing any more, unnoticed."""
    assert set(EXPLAINED_BY).union(*EXPLAINED_BY.values()) <= set(CHECKS)


def test_a_cause_hides_what_follows_from_it(patient: Patient) -> None:
    """A reader who is told of the rollout, the autoscaler and the queue looks in the wrong place."""
    for pod in patient.pods_of("parcels"):
        waiting = {"waiting": {"reason": "ImagePullBackOff", "message": "not found"}}
        patient.status_of(pod, state=waiting, ready=False, started=False)
        patient.says(pod, "Ready", "False")
    patient.says(patient.one("Deployment", "parcels"), "Progressing", "False", "ProgressDeadlineExceeded")
    patient.says(patient.one("HorizontalPodAutoscaler", "parcels"), "ScalingActive", "False", "FailedGetMetric")
    patient.queues["parcels"] = QueueState(9)
    assert patient.diagnoses() == [("images-are-pulled", "parcels")]


def test_a_cause_hides_nothing_of_another_workload(patient: Patient) -> None:
    patient.status_of(patient.first_pod("stock"), state={"waiting": {"reason": "ErrImagePull"}})
    patient.says(patient.one("Deployment", "parcels"), "Progressing", "False", "ProgressDeadlineExceeded")
    assert patient.diagnoses() == [("images-are-pulled", "stock"), ("rollouts-end", "parcels")]


@pytest.mark.parametrize(
    "junk", [MISSING, None, "junk", 7, [{"junk": 7}]], ids=["missing", "null", "text", "number", "list"]
)
def test_no_check_is_thrown_by_what_a_cluster_may_say(patient: Patient, junk: object) -> None:
    """An object of another version, or one that a controller has not seen yet."""
    patient.says(patient.first_pod("stock"), "PodScheduled", "False", "Unschedulable", "0/9 nodes")
    patient.warns(patient.first_pod("stock"), "Failed", "not found")
    healthy = patient.objects
    for position, way in parts_of_each_kind(healthy):
        patient.objects = list(healthy)
        patient.objects[position] = changed = deepcopy(healthy[position])
        change(changed, way, junk)
        assert all(one.what and one.why and one.command and one.remedy for one in diagnose(patient.seen))


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_survives_an_empty_cluster(check: str, patient: Patient) -> None:
    patient.objects.clear()
    patient.asks_aws = False
    patient.say(check)


def test_commands_name_the_context_that_was_asked_for(patient: Patient) -> None:
    """Typed as they are, they would else look into another cluster."""
    patient.context = "production-west"
    patient.status_of(patient.first_pod("stock"), state={"waiting": {"reason": "ErrImagePull"}})
    found = patient.only("images-are-pulled")
    assert found.command == "kubectl --context production-west -n production describe pod stock-1-0"
