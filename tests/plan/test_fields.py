import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.plan.fields import ABSENT, field_changes

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a", "b", "1"])
KEYS = st.sampled_from(["name", "args", "containers", "rules", "__private", "a/b"])
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)


def places(before: Any, after: Any) -> list[tuple[str, object, object]]:
    return [(one.place, one.before, one.after) for one in field_changes(before, after)]


def pods(*containers: Any) -> Any:
    return {"spec": {"containers": list(containers)}}


@settings(deadline=None)  # the first example loads deepdiff
@given(DOCUMENTS)
def test_nothing_changes_between_equal_sides(document: Any) -> None:
    assert field_changes({"spec": document}, {"spec": deepcopy(document)}) == ()


@settings(deadline=None)  # the first example loads deepdiff
@given(DOCUMENTS, DOCUMENTS)
def test_no_difference_is_lost(before: Any, after: Any) -> None:
    """A plan that keeps silent about a change is worse than none. An order without meaning is no difference."""
    if _sorted(before) != _sorted(after):
        assert field_changes({"spec": before}, {"spec": after})


@settings(deadline=None)  # the first example loads deepdiff
@given(DOCUMENTS, DOCUMENTS)
def test_the_way_back_changes_the_same_places(before: Any, after: Any) -> None:
    there, back = field_changes({"spec": before}, {"spec": after}), field_changes({"spec": after}, {"spec": before})
    assert len(there) == len(back)


def _sorted(part: Any) -> Any:
    """Return the document with its lists in one order."""
    if isinstance(part, dict):
        return {key: _sorted(value) for key, value in part.items()}
    return sorted((_sorted(one) for one in part), key=json.dumps) if isinstance(part, list) else (str(type(part)), part)


def test_an_item_is_told_by_its_name_not_by_its_place() -> None:
    before = pods({"name": "app", "image": "a:1"}, {"name": "proxy", "image": "p:1"})
    after = pods({"name": "proxy", "image": "p:1"}, {"name": "app", "image": "a:2"})
    assert places(before, after) == [("spec.containers[app].image", "a:1", "a:2")]


def test_one_more_in_front_changes_nothing_behind() -> None:
    before = pods({"name": "app"})
    after = pods({"name": "first"}, {"name": "app"})
    assert places(before, after) == [("spec.containers[first]", ABSENT, {"name": "first"})]


def test_rules_without_names_are_told_by_what_they_say() -> None:
    """Otherwise one rule that goes would show all behind it as changed."""
    dns, web, database = ({"ports": [{"port": port, "protocol": "TCP"}]} for port in (53, 443, 5432))
    before, after = {"spec": {"egress": [dns, web, database]}}, {"spec": {"egress": [dns, database]}}
    assert places(before, after) == [("spec.egress[1]", web, ABSENT)]


def test_what_is_left_of_rules_without_names_is_compared_inside() -> None:
    before = {"rules": [{"to": "a"}, {"to": "b", "from": "x"}]}
    after = {"rules": [{"to": "a"}, {"to": "b", "from": "y"}]}
    assert places(before, after) == [("rules[1].from", "x", "y")]


@pytest.mark.parametrize(("name", "changes"), [("hosts", 0), ("args", 1), ("initContainers", 1)])
def test_another_order_is_a_change_where_it_means_something(name: str, changes: int) -> None:
    before, after = {name: ["a", "b", "c"]}, {name: ["c", "a", "b"]}
    found = field_changes(before, after)
    assert [one.is_order for one in found] == [True] * changes


def test_an_item_in_front_of_a_list_whose_order_matters_is_no_other_order() -> None:
    assert places({"args": ["a", "b"]}, {"args": ["x", "a", "b"]}) == [("args[0]", ABSENT, "x")]


def test_true_is_not_one() -> None:
    """To Python they are equal; to Kubernetes one of them is refused."""
    assert places({"a": True}, {"a": 1}) == [("a", True, 1)]


def test_two_equal_items_more_than_before_are_seen() -> None:
    assert places({"args": ["-v"]}, {"args": ["-v", "-v"]}) == [("args[1]", ABSENT, "-v")]


def test_keys_with_dots_and_slashes_are_quoted() -> None:
    assert places({"labels": {"app.io/name": "a"}}, {"labels": {"app.io/name": "b"}})[0][0] == 'labels."app.io/name"'


def test_a_key_that_begins_with_underscores_is_a_key() -> None:
    """deepdiff takes such keys for private ones, unless told otherwise."""
    assert places({"labels": {"__a": 1}}, {"labels": {"__a": 2}}) == [("labels.__a", 1, 2)]
