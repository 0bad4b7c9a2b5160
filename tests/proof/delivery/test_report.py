from typing import Any

import pytest

from api_platform.proof.delivery import report
from api_platform.proof.delivery.equality import Diff
from eks_twin.measure.sampling import Recording, Sample
from eks_twin.objects.comparison import AUTHORS, Comparison, Difference
from eks_twin.objects.inventory import Entry, Key
from eks_twin.proof.result import Outcome, Verdict
from tests.proof.delivery.happenings import KEY, deletion, delivered, equality, event, pod, rollback

DIFFERENT = equality(found={KEY: Comparison(5, 2, [], [Difference(("spec", "type"), "ClusterIP", "NodePort")])})
STRANGE = equality(strangers=[Entry(Key("Service", "production", "old"), "1")])
ONE_LOST = Recording([Sample(0, (pod("a"), pod("b"), pod("c"))), Sample(1, (pod("a"), pod("b")))], end=2)


def outcome(**changes: Any) -> Outcome:
    """Return what the page shows where all is as it should be, but for what a test changes."""
    measured = delivered(**changes)
    return Outcome(
        figures=report.figures(measured),
        tables=[
            *report.differences(measured),
            report.steps(measured.deletion, measured.rollback),
            report.authors(measured.first),
        ],
        plots=[report.pods(measured.rollback)],
    )


def test_all_well_holds() -> None:
    assert outcome().reasons == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": STRANGE},
        {"diff": Diff(2, "connection refused", 1)},
        {"deletion": deletion(roles_gone=["production-worker", "production-api"])},
        {"deletion": deletion(queues_gone=["orders"])},
        {"deletion": deletion(refusal="")},
        {"deletion": deletion(status="DELETE_FAILED")},
        {"deletion": deletion(protected_again=False)},
        {"rollback": rollback(said="")},
        {"rollback": rollback(said="Failed.")},
        {"rollback": rollback(said_again="")},
        {"rollback": rollback(status="UPDATE_COMPLETE")},
        {"rollback": rollback(image="new")},
        {"rollback": rollback(events=[event(0, "UPDATE_IN_PROGRESS"), event(1, "UPDATE_ROLLBACK_COMPLETE")])},
        {"rollback": rollback(next_status="UPDATE_ROLLBACK_COMPLETE")},
        {"rollback": rollback(rolled_out=False)},
        {"rollback": rollback(last_status="UPDATE_FAILED")},
    ],
    ids=str,
)
def test_anything_else_wrong_fails(wrong: dict[str, Any]) -> None:
    """See also `test_every_figure_can_fail`."""
    assert outcome(**wrong).verdict is Verdict.FAILED


def test_what_differs_is_shown_by_object_and_field() -> None:
    (table,) = report.differences(delivered(first=DIFFERENT))
    ((when, key, words),) = table.rows
    assert (when, key) == ("at first", "Service production/api-service")
    assert getattr(words, "content", "") == "spec.type: wanted 'ClusterIP', is 'NodePort'"


def test_there_is_no_table_of_differences_without_any() -> None:
    assert report.differences(delivered()) == []


def test_tells_whose_fields_are_in_how_many_objects() -> None:
    other = Key("Service", "production", "media-service")
    same = Comparison(5, 2, [AUTHORS[0]], [])
    assert [row[3] for row in report.authors(equality(found={KEY: same, other: same})).rows] == [2]


def test_the_plot_tells_old_pods_from_new_ones() -> None:
    lines = {series.label: series.points for series in report.pods(rollback()).series}
    assert {value for _, value in lines["of the old image"]} == {3}
    assert {value for _, value in lines["of the new image"]} == {0}  # it never was ready
