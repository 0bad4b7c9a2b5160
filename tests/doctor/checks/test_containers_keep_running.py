from typing import Any

from tests.doctor.patient import Patient, ago

CHECK = "containers-keep-running"
RUNNING = {"running": {"startedAt": ago(30)}}
BACK_OFF = {"waiting": {"reason": "CrashLoopBackOff"}}


def ended(patient: Patient, state: dict[str, Any], reason: str, code: int, since: float = 60) -> None:
    end = {"terminated": {"reason": reason, "exitCode": code, "finishedAt": ago(since)}}
    patient.status_of(patient.first_pod("orders"), state=state, lastState=end, restartCount=4)


def test_killed_for_memory_is_told_with_the_limit(patient: Patient) -> None:
    patient.first_pod("orders")["spec"]["containers"][0]["resources"]["limits"]["memory"] = "768Mi"
    ended(patient, RUNNING, "OOMKilled", 137)
    found = patient.only(CHECK)
    assert found.what == "1 of 3 pods: container orders is killed for memory, and restarts"
    assert found.why == "It took more than its limit of 768Mi: restarted 4 times, last ended 60 s ago."


def test_a_program_that_ends_is_told_with_its_exit_code_and_its_last_log(patient: Patient) -> None:
    ended(patient, BACK_OFF, "Error", 1)
    found = patient.only(CHECK)
    assert "exit code 1" in found.what
    assert "waits now (CrashLoopBackOff)" in found.why
    assert found.command == "kubectl -n production logs --previous -c orders orders-1-0"


def test_a_container_that_its_startup_probe_killed_is_told_with_what_the_probe_said(patient: Patient) -> None:
    ended(patient, BACK_OFF, "Error", 137)
    patient.warns(patient.first_pod("orders"), "Unhealthy", "Startup probe failed: HTTP 503")
    assert patient.only(CHECK).why.endswith("Startup probe failed: HTTP 503")


def test_one_that_runs_again_for_an_hour_is_well(patient: Patient) -> None:
    ended(patient, RUNNING, "OOMKilled", 137, since=3700)
    assert patient.say(CHECK) == []
    ended(patient, BACK_OFF, "OOMKilled", 137, since=3700)
    assert len(patient.say(CHECK)) == 1


def test_an_evicted_pod_was_replaced(patient: Patient) -> None:
    """It stays in the list for long, and serves nobody."""
    ended(patient, BACK_OFF, "Error", 137)
    patient.first_pod("orders")["status"]["phase"] = "Failed"
    assert patient.say(CHECK) == []


def test_an_orderly_end_is_no_failure(patient: Patient) -> None:
    ended(patient, RUNNING, "Completed", 0)
    assert patient.say(CHECK) == []
