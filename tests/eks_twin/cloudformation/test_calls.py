"""How calls of intrinsic functions are found in a template."""

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.calls import calls


def test_every_call_is_found_inner_ones_too() -> None:
    value = {"a": [{"Fn::Join": ["", [{"Ref": "One"}]]}], "b": {"Fn::Sub": ["${X}", {"X": {"Ref": "Two"}}]}}
    assert [name for name, _ in calls(value)] == ["Fn::Join", "Ref", "Fn::Sub", "Ref"]


def test_with_conditions_only_the_branch_that_is_taken_counts() -> None:
    value = {"Fn::If": ["Yes", {"Ref": "Then"}, {"Ref": "Otherwise"}]}
    assert [argument for name, argument in calls(value) if name == "Ref"] == ["Then", "Otherwise"]
    assert [argument for name, argument in calls(value, {"Yes": True}) if name == "Ref"] == ["Then"]
    assert [argument for name, argument in calls(value, {"Yes": False}) if name == "Ref"] == ["Otherwise"]


def test_a_function_must_stand_alone() -> None:
    """Otherwise it would be taken for data, and reach the resource as it is."""
    with pytest.raises(ValidationError, match="Fn::If must stand alone"):
        list(calls({"Fn::If": ["Yes", 1, 2], "Beside": 1}))


def test_a_property_named_ref_beside_others_is_data() -> None:
    assert list(calls({"Ref": "main", "Repository": "shop"})) == []
