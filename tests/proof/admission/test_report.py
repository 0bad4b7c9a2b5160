from typing import Any

import pytest

from api_platform.proof.admission import report
from api_platform.proof.admission.bad_pod import PodTrial, bad
from api_platform.proof.admission.report import PodTrials, Tried, excerpt
from eks_twin.objects.api import Answer
from eks_twin.proof.result import Cell, Outcome, Verdict
from tests.eks_twin.objects.fake_api import service

FINE = Answer(accepted=True, body={})
REFUSED = Answer(accepted=False, body={"reason": "Forbidden", "message": "exceeded quota"})
ROW = bad("Too much", "exceeded quota")


def outcome(
    *,
    objects: Answer = FINE,
    pods: Answer = FINE,
    insecure: Answer = REFUSED,
    unaffordable: Answer = REFUSED,
    control: Answer = FINE,
    left: Any = (),
) -> Outcome:
    """Return what the page shows where all is as it should be, but for what a test changes."""
    tried = {"staging": Tried([(service(), objects)], [(service(), pods)])}
    trials = PodTrials([PodTrial(ROW, insecure)], [PodTrial(ROW, unaffordable)], control)
    return Outcome(
        figures=report.figures(tried, trials, left),
        tables=[report.environments(tried), *report.complaints(tried), report.pods(trials)],
    )


def test_all_well_holds() -> None:
    assert outcome().verdict is Verdict.HELD


@pytest.mark.parametrize(
    "wrong",
    [
        {"pods": Answer(accepted=True, body={}, warnings=["deprecated"])},
        {"insecure": Answer(accepted=False, body={"reason": "Invalid", "message": "for another reason"})},
    ],
    ids=str,
)
def test_anything_else_wrong_fails(wrong: dict[str, Any]) -> None:
    """See also `test_every_figure_can_fail`."""
    assert outcome(**wrong).verdict is Verdict.FAILED


def test_what_was_refused_of_ours_is_shown_with_the_api_servers_words() -> None:
    (complaints,) = report.complaints({"staging": Tried([(service(), REFUSED)], [])})
    assert complaints.rows == [
        ("staging", "Service production/api-service", Cell("exceeded quota", Verdict.FAILED, code=True))
    ]


def test_there_is_no_table_of_complaints_without_any() -> None:
    assert report.complaints({"staging": Tried([(service(), FINE)], [])}) == []


def test_a_short_message_is_shown_as_it_is() -> None:
    assert excerpt("spec.ports: Required value", "Required") == "spec.ports: Required value"


def test_of_a_long_message_the_beginning_and_the_telling_part_are_shown() -> None:
    """The API server repeats whole maps of labels before it comes to the point."""
    shown = excerpt(f"Deployment is invalid: {'a' * 500} does not match {'b' * 500}", "does not match")
    assert shown.startswith("Deployment is invalid: aaa")
    assert "...does not match b" in shown
    assert shown.endswith("b...")
    assert len(shown) < 300


def test_what_a_message_adds_of_checks_that_were_not_made_is_left_out() -> None:
    tail = ", <nil>: Invalid value: null: some validation rules were not checked]"
    assert excerpt(f"[spec.host: Required value{tail}", "Required") == "[spec.host: Required value"
