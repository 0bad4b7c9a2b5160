"""Outputs, exports, and imports between stacks."""

import pytest

from eks_twin.cloudformation import Output, Template, ValidationError
from tests.eks_twin.cloudformation.building import IDENTITY, a_diamond, a_resource, a_template, an_account, get_att, ref


def with_output(name: str = "address", size: str = "small", **output: object) -> Template:
    value = {"Value": get_att("Thing"), "Export": {"Name": name}} | output
    return a_template({"Outputs": {"Address": value}}, Thing=a_resource(Size=size))


def test_outputs_are_what_their_values_come_to() -> None:
    account = an_account()
    outputs = {
        "Address": {"Value": get_att("Thing"), "Description": "Where it is"},
        "Shared": {"Value": ref("Thing"), "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-thing"}}},
        "Number": {"Value": 3},
    }
    stack = account.create(a_template({"Outputs": outputs}))
    assert stack.outputs == (
        Output("Address", "arn:Thing-1", "", "Where it is"),
        Output("Shared", "Thing-1", "shop-thing"),
        Output("Number", "3"),
    )
    assert stack.exports == {"shop-thing": "Thing-1"}


def test_an_output_whose_condition_does_not_hold_is_left_out() -> None:
    account = an_account()
    sections = {
        "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
        "Outputs": {"Address": {"Value": ref("Thing"), "Condition": "Never"}},
    }
    assert account.create(a_template(sections)).outputs == ()


def test_an_output_that_is_no_text_fails_the_stack() -> None:
    account = an_account()
    stack = account.create(a_template({"Outputs": {"Zones": {"Value": {"Fn::GetAZs": ""}}}}))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "Output Zones needs text, and got list" in stack.reason


def test_imports_are_resolved_and_noted() -> None:
    account = an_account(exports={"network-vpc": "vpc-1"})
    parameters = {"Parameters": {"Part": {"Type": "String", "Default": "vpc"}}}
    vpc = {"Fn::ImportValue": {"Fn::Sub": "network-${Part}"}}
    stack = account.create(a_template(parameters, Thing=a_resource(Vpc=vpc)))
    assert account.cloud.live["Thing-1"] == {"Vpc": "vpc-1"}
    assert stack.imports == ("network-vpc",)


def test_a_missing_import_is_refused_before_anything_happens() -> None:
    account = an_account()
    with pytest.raises(ValidationError, match="No export named network-vpc found"):
        account.create(a_template(Thing=a_resource(Vpc={"Fn::ImportValue": "network-vpc"})))
    assert account.events == []


def test_an_import_in_a_branch_that_is_not_taken_is_not_needed() -> None:
    account = an_account()
    value = {"Fn::If": ["Never", {"Fn::ImportValue": "network-vpc"}, "none"]}
    stack = account.create(
        a_template({"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}, Thing=a_resource(Vpc=value))
    )
    assert stack.imports == ()


def test_an_import_may_not_depend_on_a_resource() -> None:
    account = an_account()
    with pytest.raises(ValidationError, match="Only parameters can be used"):
        account.create(a_template(A=a_resource(), B=a_resource(Of={"Fn::ImportValue": ref("A")})))


@pytest.mark.parametrize(
    ("after", "done"),
    [(a_template(Thing=a_resource(Size="large")), "deleted"), (with_output(Value="other"), "updated")],
)
def test_an_export_in_use_can_be_neither_deleted_nor_changed(after: Template, done: str) -> None:
    account = an_account(importers={"address": ["billing", "search"]})
    stack = account.create(with_output())
    rolled_back = account.update(stack, after)
    reason = f"Export address cannot be {done} as it is in use by billing, search"
    assert rolled_back.status == "UPDATE_ROLLBACK_COMPLETE"
    assert rolled_back.reason == reason
    assert account.reasons("UPDATE_ROLLBACK_IN_PROGRESS") == {"shop": reason}
    assert account.cloud.live == {"Thing-1": {"Size": "small"}}
    assert rolled_back.exports == stack.exports


def test_an_export_in_use_whose_value_stays_does_not_hinder_an_update() -> None:
    account = an_account(importers={"address": ["billing"]})
    stack = account.create(a_diamond("small"))
    assert account.update(stack, a_diamond("large")).status == "UPDATE_COMPLETE"


def test_an_export_that_only_its_own_stack_uses_can_change() -> None:
    account = an_account(importers={"address": [IDENTITY.name]})
    stack = account.create(with_output())
    assert account.update(stack, with_output(Value="other")).status == "UPDATE_COMPLETE"


def test_an_export_that_another_stack_has_fails_the_stack() -> None:
    account = an_account(owners={"address": ["billing"]})
    stack = account.create(a_diamond())
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "Export with name address is already exported by stack billing" in stack.reason
    assert account.cloud.live == {}
