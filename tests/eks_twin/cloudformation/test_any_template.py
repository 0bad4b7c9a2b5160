"""Whatever somebody writes into a template: it is sound, or it is refused with words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.cloudformation import ValidationError, parse_template, template_of
from eks_twin.cloudformation.blueprint import draw_up
from eks_twin.cloudformation.intrinsics import FUNCTIONS
from tests.eks_twin.cloudformation.building import IDENTITY, an_account

pytestmark = pytest.mark.slow

CONDITIONS = ["Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Fn::Contains", "Fn::EachMemberIn", "Condition"]
OF_RESOURCES = ["Type", "Properties", "DependsOn", "Value", "Export", "Name", "A"]
OF_PARAMETERS = ["Default", "AllowedValues", "AllowedPattern", "MinLength", "MinValue"]
OF_RULES = ["Assertions", "Assert", "RuleCondition"]
KEYS = st.sampled_from([*FUNCTIONS, *CONDITIONS, *OF_RESOURCES, *OF_PARAMETERS, *OF_RULES])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from(["A", "A.B", "Test::Thing", "AWS::NoValue", "${A}", "${A.B} ${", "a,b", "", "[", "true"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def some_of(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """An object that has some of these keys, with anything for values."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, VALUES))


BODIES = {
    "Resources": some_of(*OF_RESOURCES, "Condition", "DeletionPolicy", "Metadata"),
    "Parameters": some_of("Type", *OF_PARAMETERS),
    "Conditions": VALUES,
    "Rules": some_of("RuleCondition", "Assertions"),
    "Outputs": some_of("Value", "Export", "Condition", "Description"),
    "Mappings": VALUES,
}


@given(st.sampled_from(sorted(BODIES)).flatmap(lambda name: st.tuples(st.just(name), BODIES[name])), VALUES)
@settings(max_examples=200, deadline=None)
def test_a_template_is_either_sound_or_refused(section: tuple[str, Any], properties: Any) -> None:
    """Never a traceback."""
    name, body = section
    document: dict[str, Any] = {"Resources": {"B": {"Type": "Test::Thing", "Properties": properties}}}
    document.setdefault(name, {})["A"] = body
    try:
        draw_up(an_account().surroundings, IDENTITY, template_of(document), {})
    except ValidationError as error:
        assert str(error)  # noqa: PT017 - with words


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_whatever_a_resource_asks_for_the_stack_ends_well_or_with_a_reason(value: Any) -> None:
    account = an_account()
    document = {"Resources": {"A": {"Type": "Test::Thing"}, "B": {"Type": "Test::Thing", "Properties": {"Of": value}}}}
    try:
        stack = account.create(template_of(document))
    except ValidationError:
        return
    assert stack.status in ("CREATE_COMPLETE", "ROLLBACK_COMPLETE")
    if stack.status == "ROLLBACK_COMPLETE":
        assert account.reasons("CREATE_FAILED")["B"]
        assert account.cloud.live == {}


@given(st.text(alphabet=" \n:-{}[]!&*'\"A1RefSub,.$", max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_text_is_either_a_template_or_refused(text: str) -> None:
    try:
        parse_template(f"Resources:\n  A:\n    Type: Test::Thing\n    Properties: {text}")
    except ValidationError as error:
        assert str(error)  # noqa: PT017 - with words
