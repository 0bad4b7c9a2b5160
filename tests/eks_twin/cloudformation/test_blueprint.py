"""What a template comes to with one stack's parameters."""

from typing import Any

import pytest

from eks_twin.cloudformation import Template, UnknownResourceType, ValidationError, parse_template
from eks_twin.cloudformation.blueprint import Blueprint, draw_up
from eks_twin.cloudformation.intrinsics import resolve
from tests.eks_twin.cloudformation.building import IDENTITY, a_diamond, a_resource, a_template, an_account, get_att, ref
from tests.eks_twin.cloudformation.fakes import AnyCloud
from tests.eks_twin.cloudformation.test_parsing import BOOTSTRAP

NEVER = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}


def drawn(template: Template, **parameters: str) -> Blueprint:
    return draw_up(an_account().surroundings, IDENTITY, template, parameters)


def test_dependencies_come_from_all_kinds_of_references() -> None:
    template = a_template(
        A=a_resource(),
        ByRef=a_resource(Of=[{"deep": ref("A")}]),
        ByGetAtt=a_resource(Of=get_att("A")),
        BySub=a_resource(Of={"Fn::Sub": "${A}"}),
        BySubAttribute=a_resource(Of={"Fn::Sub": "${A.Arn}"}),
        ByDependsOn=a_resource("A"),
        ByText=a_resource(Of="${A}"),
    )
    assert {name: set(one) for name, one in drawn(template).dependencies.items()} == {
        "A": set(),
        "ByRef": {"A"},
        "ByGetAtt": {"A"},
        "BySub": {"A"},
        "BySubAttribute": {"A"},
        "ByDependsOn": {"A"},
        "ByText": set(),
    }


def test_only_the_branch_that_is_taken_makes_a_dependency() -> None:
    template = a_template(
        NEVER, A=a_resource(), B=a_resource(), C=a_resource(Of={"Fn::If": ["Never", ref("A"), ref("B")]})
    )
    assert drawn(template).dependencies["C"] == {"B"}


def test_depending_on_what_does_not_exist_this_time_is_no_dependency() -> None:
    template = a_template(NEVER, A=a_resource() | {"Condition": "Never"}, B=a_resource("A"))
    blueprint = drawn(template)
    assert set(blueprint.resources) == {"B"}
    assert blueprint.dependencies == {"B": frozenset()}


def test_referring_to_what_does_not_exist_this_time_is_refused() -> None:
    template = a_template(NEVER, A=a_resource() | {"Condition": "Never"}, B=a_resource(Of=ref("A")))
    with pytest.raises(ValidationError, match=r"\[A\] in the Resources block .* at Resources/B: their condition"):
        drawn(template)


def test_an_output_of_what_does_not_exist_this_time_is_refused() -> None:
    sections = {**NEVER, "Outputs": {"It": {"Value": ref("A")}}}
    with pytest.raises(ValidationError, match=r"\[A\] in the Outputs block"):
        drawn(a_template(sections, A=a_resource() | {"Condition": "Never"}, B=a_resource()))


@pytest.mark.parametrize(
    "resources",
    [
        {"A": a_resource(Of=ref("B")), "B": a_resource("A")},
        {"A": a_resource(Of=get_att("A")), "B": a_resource()},
        {"A": a_resource("C"), "B": a_resource("A"), "C": a_resource(Of={"Fn::Sub": "${B.Arn}"})},
    ],
)
def test_a_circle_is_refused(resources: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"Circular dependency between resources: \[A"):
        drawn(a_template(**resources))


def test_every_unknown_type_is_told_at_once() -> None:
    template = a_template(A=a_resource(kind="Toast::A"), B=a_resource(kind="Toast::B"), C=a_resource(kind="Toast::A"))
    with pytest.raises(UnknownResourceType, match=r"\[Toast::A, Toast::B\]. Toast::A of A, C; Toast::B of B"):
        drawn(template)


def test_an_unknown_type_that_is_not_made_does_not_matter() -> None:
    drawn(a_template(NEVER, A=a_resource(kind="Toast::A") | {"Condition": "Never"}, B=a_resource()))


def test_the_attributes_that_are_asked_for_are_known() -> None:
    sections = {
        "Parameters": {"Which": {"Type": "String", "Default": "Url"}},
        "Outputs": {"Port": {"Value": get_att("A", "Port")}},
    }
    template = a_template(sections, A=a_resource(), B=a_resource(Of=[get_att("A"), get_att("A", ref("Which"))]))
    assert drawn(template).asked == {"A": {"Arn", "Url", "Port"}, "B": frozenset()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AccountId", "111122223333"),
        ("Region", "eu-west-1"),
        ("Partition", "aws"),
        ("StackName", "shop"),
        ("StackId", IDENTITY.id),
        ("URLSuffix", "amazonaws.com"),
        ("NotificationARNs", []),
    ],
)
def test_pseudo_parameters_are_known(name: str, value: Any) -> None:
    assert resolve(ref(f"AWS::{name}"), drawn(a_template()).scope) == value


def test_rules_are_evaluated_with_the_parameters() -> None:
    """The CDK writes this one into every template."""
    too_old = {"Fn::Contains": [["1", "2", "3", "4", "5"], ref("BootstrapVersion")]}
    sections = {
        "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk/version"}},
        "Rules": {
            "Check": {"Assertions": [{"Assert": {"Fn::Not": [too_old]}, "AssertDescription": "Bootstrap again"}]}
        },
    }
    account = an_account(ssm_parameters={"/cdk/version": "30"})
    assert draw_up(account.surroundings, IDENTITY, a_template(sections), {}).parameters == {
        "BootstrapVersion": "/cdk/version"
    }
    account.ssm_parameters["/cdk/version"] = "5"
    with pytest.raises(ValidationError, match="Rule Check: Bootstrap again"):
        draw_up(account.surroundings, IDENTITY, a_template(sections), {})


def test_a_condition_cannot_ask_a_resource() -> None:
    with pytest.raises(ValidationError, match="Only parameters can be used"):
        drawn(a_template({"Conditions": {"Odd": {"Fn::Equals": [ref("Thing"), "a"]}}}))


def test_a_conditions_function_cannot_import() -> None:
    with pytest.raises(ValidationError, match="Fn::ImportValue of vpc cannot be used here"):
        drawn(a_template({"Conditions": {"Odd": {"Fn::Equals": [{"Fn::ImportValue": "vpc"}, "a"]}}}))


def test_the_bootstrap_template_of_the_cdk_makes_what_its_parameters_say() -> None:
    surroundings = an_account(cloud=AnyCloud()).surroundings
    template = parse_template(BOOTSTRAP.read_text())
    with_key = draw_up(surroundings, IDENTITY, template, {})
    without = draw_up(surroundings, IDENTITY, template, {"FileAssetsBucketKmsKeyId": "AWS_MANAGED_KEY"})
    assert set(with_key.resources) - set(without.resources) == {
        "FileAssetsBucketEncryptionKey",
        "FileAssetsBucketEncryptionKeyAlias",
    }
    assert "StagingBucket" in without.dependencies["StagingBucketPolicy"]
    assert "FileAssetsBucketEncryptionKey" in with_key.dependencies["StagingBucket"]


def test_a_diamond_is_one() -> None:
    dependencies = drawn(a_diamond()).dependencies
    assert {name: sorted(one) for name, one in dependencies.items()} == {
        "Base": [],
        "Left": ["Base"],
        "Right": ["Base"],
        "Tip": ["Left", "Right"],
    }
