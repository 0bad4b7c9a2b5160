"""What the scenario makes of what the doctor said."""

from collections.abc import Sequence

import pytest

from api_platform.doctor.examination import CHECKS
from api_platform.proof.ailments.ailment import worker
from api_platform.proof.ailments.visit import AilmentCourse, DoctorRun
from api_platform.proof.scenarios.doctor import AILMENTS, SHORT, figures, table, told_apart
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import LeftOut
from tests.proof.ailments.test_ailment import fake, stage

AILMENT = AILMENTS[0]
EXPECTED = {"check": AILMENT.check, "subject": "media-service", "object": "Pod/one", "what": "gone", "why": "404"}
FOUND = DoctorRun(1, [EXPECTED])
OTHER = DoctorRun(1, [{**EXPECTED, "subject": "api-service"}])
SILENT = DoctorRun(0, [])
WRONG_CODE = DoctorRun(0, [EXPECTED])


def course(runs: Sequence[DoctorRun] = (SILENT, FOUND), *, well_again: bool = True) -> AilmentCourse:
    """Return what was said of one ailment."""
    return AilmentCourse(AILMENT, "media-service", list(runs), 4.0, well_again)


def outcome(before: DoctorRun = SILENT, courses: Sequence[AilmentCourse] | None = None) -> Outcome:
    """Return what the page shows, where all is as it should be but for what a test changes."""
    seen = [course(), course()] if courses is None else courses
    return Outcome(figures=figures(before, seen), tables=[table(seen)])


def test_a_state_that_is_named_alone_holds() -> None:
    assert outcome().reasons == []


def test_what_is_said_of_another_workload_is_said_besides() -> None:
    """The right check for the wrong workload sends its reader there."""
    seen = course([OTHER])
    assert seen.finding is None
    assert seen.others == ["Pod/one: gone"]


def test_what_is_said_before_the_state_is_found_counts_too() -> None:
    """A false alarm on the way is one all the same."""
    assert course([OTHER, FOUND]).others == ["Pod/one: gone"]


@pytest.mark.parametrize(
    ("code", "found", "agrees"), [(0, [], True), (1, [EXPECTED], True), (0, [EXPECTED], False), (1, [], False)]
)
def test_the_exit_code_says_whether_anything_was_found(code: int, found: list[dict[str, str]], agrees: bool) -> None:
    assert DoctorRun(code, found).agrees is agrees


def test_a_state_that_was_not_found_is_shown_as_such() -> None:
    assert table([AilmentCourse(AILMENT, "media-service", [SILENT])]).cells[0][1].text == "never"


def test_what_cannot_befall_these_services_is_left_out_and_said() -> None:
    """A fork without a queue shall be told of all else."""
    worker_only = [ailment for ailment in AILMENTS if ailment.of is worker]
    possible, notes = told_apart(stage(fake(services=fake().services[:2])), AILMENTS)
    assert {*possible}.isdisjoint(worker_only)
    assert "Left out: KEDA paused. There is no workload that scales by a queue." in notes
    with pytest.raises(LeftOut, match="KEDA paused"):
        told_apart(stage(fake(services=())), worker_only)


def test_every_ailment_is_one_that_a_check_is_for() -> None:
    """With a check renamed, the scenario would wait for it in vain."""
    assert {ailment.check for ailment in AILMENTS} <= set(CHECKS)


def test_the_states_that_were_asked_for_are_here() -> None:
    assert len({ailment.name for ailment in AILMENTS}) == len(AILMENTS) >= 10
    assert SHORT == 3
