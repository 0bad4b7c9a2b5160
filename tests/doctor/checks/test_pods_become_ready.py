from tests.doctor.patient import Patient, ago

CHECK = "pods-become-ready"
PROBE = {"failureThreshold": 30, "periodSeconds": 5}


def unready(patient: Patient, since: float, *, started: bool) -> None:
    pod = patient.first_pod("orders")
    pod["spec"]["containers"][0]["startupProbe"] = PROBE
    pod["metadata"]["creationTimestamp"] = ago(since)
    patient.status_of(pod, ready=False, started=started, state={"running": {"startedAt": ago(since)}})
    patient.says(pod, "Ready", "False", message="containers with unready status: [orders]", since=since)


def test_a_pod_that_starts_has_the_time_of_its_startup_probe(patient: Patient) -> None:
    unready(patient, 149, started=False)
    assert patient.say(CHECK) == []
    unready(patient, 151, started=False)
    assert "never becomes ready" in patient.only(CHECK).what


def test_a_pod_that_was_ready_has_a_minute(patient: Patient) -> None:
    unready(patient, 59, started=True)
    assert patient.say(CHECK) == []
    unready(patient, 61, started=True)
    assert "is not ready any more" in patient.only(CHECK).what


def test_why_is_what_the_probe_said_last(patient: Patient) -> None:
    unready(patient, 600, started=False)
    assert patient.only(CHECK).why == "For 10 min: containers with unready status: [orders]"
    patient.warns(patient.first_pod("orders"), "Unhealthy", "Startup probe failed: HTTP 500", since=90)
    patient.warns(patient.first_pod("orders"), "Unhealthy", "Startup probe failed: HTTP 503", since=5)
    assert patient.only(CHECK).why == "For 10 min: Startup probe failed: HTTP 503"


def test_a_container_that_waits_is_told_by_other_checks(patient: Patient) -> None:
    unready(patient, 600, started=False)
    patient.status_of(patient.first_pod("orders"), state={"waiting": {"reason": "CrashLoopBackOff"}})
    assert patient.say(CHECK) == []
