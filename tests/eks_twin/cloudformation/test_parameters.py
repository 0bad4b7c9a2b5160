"""A stack's parameters."""

from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.parameters import fill_in, look_up


def test_what_is_not_given_has_its_default() -> None:
    definitions = {"Size": {"Type": "Number", "Default": 3}, "Name": {"Type": "String", "Default": "a"}}
    assert fill_in(definitions, {"Name": "b"}) == {"Size": "3", "Name": "b"}


def test_a_parameter_without_a_value_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"Parameters: \[A, B\] must have values"):
        fill_in({"A": {"Type": "String"}, "B": {"Type": "String"}}, {})


def test_a_parameter_that_the_template_does_not_have_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"Parameters: \[B\] do not exist in the template"):
        fill_in({}, {"B": "1"})


@pytest.mark.parametrize(
    ("definition", "good", "bad"),
    [
        ({"AllowedValues": ["true", "false"]}, "true", "yes"),
        ({"AllowedValues": [1, 2]}, "2", "3"),
        ({"AllowedPattern": "[a-z]{1,3}"}, "abc", "abcd"),
        ({"MinLength": 2}, "ab", "a"),
        ({"MaxLength": "2"}, "ab", "abc"),
        ({"Type": "Number", "MinValue": 2}, "2", "1.5"),
        ({"Type": "Number", "MaxValue": 2}, "-2", "3"),
        ({"Type": "Number"}, "1e3", "many"),
        ({"Type": "CommaDelimitedList", "AllowedValues": ["a", "b"]}, "a, b", "a,c"),
        ({"Type": "CommaDelimitedList", "AllowedValues": ["a", "b"]}, "", "a,c"),
    ],
)
def test_constraints_are_checked(definition: dict[str, Any], good: str, bad: str) -> None:
    definitions = {"It": {"Type": "String", **definition}}
    assert fill_in(definitions, {"It": good}) == {"It": good}
    with pytest.raises(ValidationError, match="Parameter It failed to satisfy constraint"):
        fill_in(definitions, {"It": bad})


def test_a_refusal_uses_the_templates_own_words() -> None:
    definition = {"Type": "String", "AllowedPattern": "[a-z]+", "ConstraintDescription": "Letters, please"}
    with pytest.raises(ValidationError, match=r"Parameter It failed to satisfy constraint: Letters, please\."):
        fill_in({"It": definition}, {"It": "1"})


@pytest.mark.parametrize("definition", [{"AllowedPattern": "["}, {"MinLength": "few"}, {"AllowedValues": 7}])
def test_a_definition_that_is_not_sound_is_refused(definition: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Parameters/It is not sound"):
        fill_in({"It": {"Type": "String", **definition}}, {"It": "1"})


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("String", "a,b", "a,b"),
        ("Number", "3", "3"),
        ("CommaDelimitedList", "a, b", ["a", "b"]),
        ("CommaDelimitedList", "", []),
        ("List<Number>", "1,2", ["1", "2"]),
        ("AWS::EC2::VPC::Id", "vpc-1", "vpc-1"),
        ("AWS::SSM::Parameter::Name", "/cdk/version", "/cdk/version"),
        ("AWS::SSM::Parameter::Value<String>", "/cdk/version", "30"),
        ("AWS::SSM::Parameter::Value<List<String>>", "/zones", ["a", "b"]),
        ("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "/cdk/version", "30"),
    ],
)
def test_what_ref_makes_of_each_type(kind: str, given: str, expected: object) -> None:
    stored = {"/cdk/version": "30", "/zones": "a,b"}
    assert look_up({"It": {"Type": kind}}, {"It": given}, stored.__getitem__) == {"It": expected}


def test_an_ssm_parameter_that_does_not_exist_is_refused() -> None:
    kind = "AWS::SSM::Parameter::Value<String>"
    stored: dict[str, str] = {}
    with pytest.raises(ValidationError, match=r"Unable to fetch parameters \[/nowhere\] from parameter store"):
        look_up({"It": {"Type": kind}}, {"It": "/nowhere"}, stored.__getitem__)
