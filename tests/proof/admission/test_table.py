from collections.abc import Sequence

import pytest

from api_platform.proof.admission.broken import Broken, pods_of, prepare
from api_platform.proof.admission.pods import insecure_pods
from api_platform.proof.admission.table import broken_manifests
from tests.whole_platform import rendering_of

PRODUCTION = rendering_of("production").objects
OBJECTS = (*PRODUCTION, *pods_of(PRODUCTION))
TABLE = [row for rows in broken_manifests("production").values() for row in rows]
EVERYTHING: Sequence[Broken] = (*TABLE, *insecure_pods())


@pytest.mark.parametrize("row", EVERYTHING, ids=lambda row: row.what)
def test_a_row_breaks_exactly_one_object_that_we_render(row: Broken) -> None:
    prepared = prepare(row, OBJECTS)
    assert prepared.manifest != prepared.whole


def test_each_row_says_by_which_words_it_is_refused() -> None:
    assert [row.what for row in EVERYTHING if len(row.refusal) < len("hostPort")] == []


def test_each_manifest_is_broken_by_one_fact() -> None:
    assert [row.what for row in TABLE if len(row.edits) != 1] == []


def test_no_two_rows_are_called_the_same() -> None:
    names = [row.what for row in EVERYTHING]
    assert sorted(set(names)) == sorted(names)


def test_every_kind_that_production_renders_is_broken_at_least_once() -> None:
    broken = {prepare(row, OBJECTS).whole["kind"] for row in TABLE}
    assert {one["kind"] for one in PRODUCTION} - broken == set()


def test_changes_of_what_cannot_be_changed_are_tried_on_the_live_object() -> None:
    """A new object with another selector is a fine object."""
    live = {row.what for row in TABLE if row.live}
    assert "Another selector for a live Deployment" in live
    assert all("live" in row.what for row in TABLE if row.live)
