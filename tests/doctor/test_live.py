"""Whose an event is, and how old things are."""

import pytest

from api_platform.doctor.live import age, for_long, is_new, newest_event
from tests.doctor.patient import Patient, ago


def test_an_event_is_of_the_object_of_its_kind_name_and_uid(patient: Patient) -> None:
    """A pod of a StatefulSet comes again under its name: the warnings of its forerunner are not its own."""
    pod, other = patient.pods_of("stock")[:2]
    patient.warns(other, "Unhealthy", "of another pod")
    patient.warns({**pod, "metadata": {**pod["metadata"], "uid": "before"}}, "Unhealthy", "of its forerunner")
    patient.warns({**other, "metadata": {"name": "stock-1-9"}}, "Unhealthy", "of one without a uid")
    patient.warns({**pod, "kind": "ReplicaSet"}, "Unhealthy", "of another kind")
    assert newest_event(patient.seen, pod) == ""
    patient.warns(pod, "Unhealthy", "its own")
    assert newest_event(patient.seen, pod) == "its own"


def test_the_newest_event_of_these_reasons_is_told(patient: Patient) -> None:
    pod = patient.first_pod("stock")
    patient.warns(pod, "Unhealthy", "new", since=5)
    patient.warns(pod, "Unhealthy", "old", since=50)
    patient.warns(pod, "BackOff", "another", since=1)
    assert newest_event(patient.seen, pod, "Unhealthy") == "new"
    assert newest_event(patient.seen, pod) == "another"


def test_what_is_no_moment_has_no_age(patient: Patient) -> None:
    assert age(patient.seen, "", "yesterday", "2026-11-28T11:00:00") == 0
    assert age(patient.seen, ago(90), ago(30), "junk") == 30


def test_what_nobody_knows_the_age_of_is_not_new(patient: Patient) -> None:
    assert not is_new(patient.seen, {"metadata": {}})
    assert is_new(patient.seen, {"metadata": {"creationTimestamp": ago(10)}})


@pytest.mark.parametrize(("seconds", "said"), [(8, "8 s"), (119, "119 s"), (125, "2 min"), (7300, "2 h")])
def test_a_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert for_long(seconds) == said
