"""What can be found wrong with a template without a stack's parameters."""

from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from tests.eks_twin.cloudformation.building import a_resource, a_template, get_att, ref


@pytest.mark.parametrize(
    "of",
    [
        ref("AWS::StackId"),
        ref("Size"),
        ref("Thing"),
        get_att("Thing"),
        {"Fn::Sub": "${Thing} ${Thing.Arn} ${Size} ${AWS::Partition}"},
    ],
)
def test_references_to_what_exists_are_fine(of: Any) -> None:
    a_template({"Parameters": {"Size": {"Type": "String"}}}, Thing=a_resource(), Other=a_resource(Of=of))


@pytest.mark.parametrize(
    ("of", "named"),
    [
        (ref("Thong"), r"\[Thong\] .* at Resources/Other. Did you mean 'Thing'"),
        (ref("AWS::Regoin"), "AWS::Regoin"),
        (get_att("Size"), r"\[Size\]"),
        ({"Fn::Sub": "${Thing} ${Nowhere.Arn}"}, r"\[Nowhere\]"),
        ({"Fn::If": ["Never", ref("Nowhere"), 1]}, r"\[Nowhere\]"),
    ],
)
def test_a_reference_to_nothing_is_refused(of: Any, named: str) -> None:
    sections = {
        "Parameters": {"Size": {"Type": "String"}},
        "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
    }
    with pytest.raises(ValidationError, match=named):
        a_template(sections, Thing=a_resource(), Other=a_resource(Of=of))


def test_an_output_that_refers_to_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"\[Nowhere\] in the Outputs block of the template, at Outputs/Arn"):
        a_template({"Outputs": {"Arn": {"Value": get_att("Nowhere")}}})


def test_an_output_without_a_value_is_refused() -> None:
    with pytest.raises(ValidationError, match="Outputs/Arn must have a Value"):
        a_template({"Outputs": {"Arn": {"Description": "none"}}})


def test_depends_on_must_name_a_resource() -> None:
    with pytest.raises(ValidationError, match=r"\[Nowhere\] .* at Resources/Thing/DependsOn"):
        a_template(Thing=a_resource("Nowhere"))


def test_a_resources_condition_must_exist() -> None:
    with pytest.raises(ValidationError, match="has the condition Never, which does not exist"):
        a_template(Thing=a_resource() | {"Condition": "Never"})


@pytest.mark.parametrize("name", ["Fn::ToJsonString", "Fn::ForEach", "Fn::Equals"])
def test_a_function_that_is_not_known_is_named(name: str) -> None:
    with pytest.raises(ValidationError, match=f"{name}, at Resources/Thing, is not known here"):
        a_template(Thing=a_resource(Of=[{"deep": {name: []}}]))
