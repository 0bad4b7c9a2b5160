"""What the scenario makes of what it saw."""

from typing import Any

import pytest

from api_platform.proof.faults.fault import FAULTS
from api_platform.proof.faults.injection import FaultInjection
from api_platform.proof.scenarios.faults import STACK, ObjectChanges, compared, figures, table, tag_of
from eks_twin.objects.inventory import Entry, Key
from eks_twin.proof.result import Outcome, Verdict
from tests.proof.resilience.building import pod, recording, services

PODS = [pod(each.name, workload=each.name) for service in services() for each in service.workloads]
KEY, OTHER = Key("Service", "production", "worker"), Key("Service", "production", "other")
ENTRY = Entry(KEY, "1")


def injections(*, middle: int = len(FAULTS), rerun: float = 9.0, again: str = "") -> list[FaultInjection]:
    """Return one attempt for each fault, `middle` of which struck in time."""
    return [
        FaultInjection(fault, number < middle, "Error: gone", "UPDATE_ROLLBACK_COMPLETE", 2.0, rerun, again)
        for number, fault in enumerate(FAULTS)
    ]


def outcome(**changes: Any) -> Outcome:
    """Return what the page shows where all is as it should be, but for what a test changes."""
    seen = {
        "injections": injections(),
        "change": ObjectChanges([], [], []),
        "recording": recording((0.0, PODS)),
        **changes,
    }
    return Outcome(figures=figures(services(), **seen), tables=[table(seen["injections"])])


def test_what_converges_holds() -> None:
    assert outcome().reasons == []


def test_one_fault_may_come_too_late_to_be_in_the_middle() -> None:
    """How long a deployment takes differs from machine to machine."""
    assert outcome(injections=injections(middle=len(FAULTS) - 1)).verdict is Verdict.HELD


def test_a_deployment_that_did_not_converge_is_shown_with_what_it_said() -> None:
    cells = [row[-1] for row in table(injections(again="api-service has v1")).rows]
    assert {getattr(cell, "content", "") for cell in cells} == {"api-service has v1"}


@pytest.mark.parametrize(
    ("after", "change"),
    [
        ({KEY: ENTRY}, ObjectChanges([], [], [])),
        ({}, ObjectChanges([KEY], [], [])),
        ({KEY: ENTRY, OTHER: Entry(OTHER, "2")}, ObjectChanges([], [OTHER], [])),
        ({KEY: Entry(KEY, "2")}, ObjectChanges([], [], [KEY])),
    ],
    ids=["the same", "lost", "doubled", "made anew"],
)
def test_objects_before_and_after_are_compared(after: dict[Key, Entry], change: ObjectChanges) -> None:
    assert compared({KEY: ENTRY}, after) == change


def test_the_tag_is_that_of_the_stack_that_is_struck() -> None:
    (worker,) = (each for each in services() if each.name == STACK)
    assert tag_of(services()) == worker.workloads[0].image.tag
