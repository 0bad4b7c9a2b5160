"""Conditions and Rules."""

from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.conditions import check_rules, decide
from tests.eks_twin.cloudformation.test_intrinsics import a_scope

YES = {"Fn::Equals": ["a", "a"]}
NO = {"Fn::Equals": ["a", "b"]}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (YES, True),
        (NO, False),
        ({"Fn::Equals": [{"Ref": "Name"}, "blue"]}, True),
        ({"Fn::Equals": [True, "true"]}, True),
        ({"Fn::Equals": [1, "1"]}, True),
        ({"Fn::Equals": [{"Ref": "Zones"}, ["a", "b"]]}, True),
        ({"Fn::Equals": ["", {"Fn::Join": ["", []]}]}, True),
        ({"Fn::Not": [NO]}, True),
        ({"Fn::And": [YES, YES]}, True),
        ({"Fn::And": [YES, NO]}, False),
        ({"Fn::Or": [NO, YES]}, True),
        ({"Fn::Or": [NO, NO]}, False),
        ({"Condition": "Other"}, True),
        ({"Fn::Not": [{"Condition": "Other"}]}, False),
        (True, True),
        ("false", False),
    ],
)
def test_a_condition_is_decided(condition: Any, expected: bool) -> None:
    assert decide({"This": condition, "Other": YES}, a_scope())["This"] is expected


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ({"Fn::Xor": [YES, NO]}, "is no condition"),
        ("maybe", "is no condition"),
        ({"Fn::And": [YES]}, "every Fn::And takes 2 to 10 conditions"),
        ({"Fn::Not": YES}, "every Fn::Not takes a list of 1"),
        ({"Condition": "Nowhere"}, "Unresolved condition dependency Nowhere"),
        ({"Condition": "This"}, "Circular dependency between conditions"),
    ],
)
def test_what_is_no_condition_is_refused(condition: Any, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        decide({"This": condition}, a_scope())


@pytest.mark.parametrize(
    ("assertion", "holds"),
    [
        ({"Fn::Contains": [["red", "blue"], {"Ref": "Name"}]}, True),
        ({"Fn::Contains": [["1", "2"], {"Ref": "Name"}]}, False),
        ({"Fn::Contains": [[1, 2], {"Ref": "Index"}]}, True),
        ({"Fn::EachMemberEquals": [{"Ref": "Zones"}, "a"]}, False),
        ({"Fn::EachMemberEquals": [["a", "a"], "a"]}, True),
        ({"Fn::EachMemberIn": [{"Ref": "Zones"}, ["a", "b", "c"]]}, True),
        ({"Fn::EachMemberIn": [{"Ref": "Zones"}, ["a"]]}, False),
    ],
)
def test_rules_are_evaluated(assertion: Any, holds: bool) -> None:
    rules = {"Colour": {"Assertions": [{"Assert": assertion, "AssertDescription": "Another colour is needed."}]}}
    if holds:
        check_rules(rules, a_scope())
    else:
        with pytest.raises(ValidationError, match="Rule Colour: Another colour is needed"):
            check_rules(rules, a_scope())


def test_a_rule_whose_condition_does_not_hold_asserts_nothing() -> None:
    check_rules({"Colour": {"RuleCondition": NO, "Assertions": [{"Assert": NO}]}}, a_scope())


@pytest.mark.parametrize(
    ("assertion", "complaint"),
    [
        ({"Assert": {"Fn::RefAll": "AWS::EC2::VPC::Id"}}, "Fn::RefAll"),
        ({"Assert": {"Fn::Contains": ["blue", "blue"]}}, "needs a list"),
        ({"Assert": {"Condition": "Yes"}}, "a rule cannot use the condition Yes"),
        ({"Asserts": YES}, "every assertion must have an Assert"),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_refused(assertion: Any, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        check_rules({"Colour": {"Assertions": [assertion]}}, a_scope())
