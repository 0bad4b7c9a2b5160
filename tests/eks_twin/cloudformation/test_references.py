"""What a value refers to."""

from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.references import Reference, references


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "A"}, [Reference("A")]),
        ({"Fn::GetAtt": ["A", "Arn"]}, [Reference("A", "Arn")]),
        ({"Fn::GetAtt": "A.Inner.Arn"}, [Reference("A", "Inner.Arn")]),
        ({"Fn::GetAtt": ["A", {"Ref": "Name"}]}, [Reference("A", {"Ref": "Name"}), Reference("Name")]),
        (
            {"Fn::Sub": "${A} ${B.Arn} ${!C} ${AWS::Region}"},
            [Reference("A"), Reference("B", "Arn"), Reference("AWS::Region")],
        ),
        ({"Fn::Sub": ["${Own} ${A}", {"Own": {"Ref": "B"}}]}, [Reference("A"), Reference("B")]),
        ([{"x": {"Ref": "A"}}, "text"], [Reference("A")]),
        ("text with ${A}", []),
    ],
)
def test_references_are_found(value: Any, expected: list[Reference]) -> None:
    assert list(references(value)) == expected


def test_a_ref_to_anything_but_a_name_is_refused() -> None:
    with pytest.raises(ValidationError, match="every Ref takes a name"):
        list(references({"Ref": {"Ref": "A"}}))
