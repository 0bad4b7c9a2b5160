from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.plan.object_changes import Action, object_changes
from api_platform.plan.states import DeployState
from tests.plan.sides import Sides, a_config_map, a_stack, a_state, an_object_resource


def actions(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Action]:
    sides = (a_state(a_stack("p/a", side)) for side in (before, after))
    return {change.key.name: change.action for change in object_changes(*sides)}


def test_objects_come_change_move_go_and_stay_behind() -> None:
    names = ("changes", "moves", "goes", "stays", "same")
    old = {name: an_object_resource(a_config_map(name)) for name in names}
    new = {
        "changes": an_object_resource(a_config_map("changes", level="debug")),
        "elsewhere": old["moves"],
        "same": old["same"],
        "comes": an_object_resource(a_config_map("comes")),
    }
    old["stays"]["DeletionPolicy"] = "Retain"
    assert actions(old, new) == {
        "changes": Action.UPDATE,
        "moves": Action.MOVE,
        "comes": Action.CREATE,
        "goes": Action.DELETE,
        "stays": Action.LEAVE,
    }


@settings(deadline=None)  # the first example loads deepdiff
@given(*[st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2"])) for _ in range(2)])
def test_what_differs_is_what_a_comparison_of_both_sets_finds(old: dict[str, str], new: dict[str, str]) -> None:
    before, after = (DeployState.of_objects(a_config_map(name, v=v) for name, v in side.items()) for side in (old, new))
    found = {change.key.name for change in object_changes(before, after)}
    assert found == {name for name in {*old, *new} if old.get(name) != new.get(name)}


def test_a_field_is_touched_by_what_is_around_it_and_in_it(sides: Sides) -> None:
    sides.after.one("Deployment", "orders")["spec"]["template"]["metadata"]["labels"]["version"] = "2"
    (change,) = sides.changes().objects
    assert change.touches("spec", "template")
    assert change.touches("spec", "template", "metadata", "labels", "version", "deeper")
    assert not change.touches("spec", "selector")
