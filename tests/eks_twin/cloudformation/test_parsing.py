"""Reading templates from text."""

from typing import Any

import pytest

from api_platform.environment import ROOT
from eks_twin.cloudformation import ValidationError, parse_template
from eks_twin.cloudformation.parsing import LARGEST

BOOTSTRAP = ROOT / "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml"


def of(text: str) -> Any:
    """The property Of of the template's only resource."""
    resource = f"{{Type: Test::Thing, Properties: {{Of: {text}}}}}"
    lines = f"Conditions: {{C: !Equals [a, a]}}\nResources:\n  A: {resource}\n"
    return parse_template(lines).resources["A"].properties["Of"]


def test_json_and_yaml_come_to_the_same() -> None:
    json_text = '{"Resources": {"A": {"Type": "Test::Thing", "Properties": {"Size": 1}}}}'
    yaml_text = "Resources:\n  A:\n    Type: Test::Thing\n    Properties:\n      Size: 1\n"
    assert parse_template(json_text) == parse_template(yaml_text)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!GetAtt A.Arn", {"Fn::GetAtt": ["A", "Arn"]}),
        ("!GetAtt A.Inner.Arn", {"Fn::GetAtt": ["A", "Inner.Arn"]}),
        ("!GetAtt [A, Arn]", {"Fn::GetAtt": ["A", "Arn"]}),
        ("!Sub 'x-${A}'", {"Fn::Sub": "x-${A}"}),
        ("!Sub ['${B}', {B: !Ref A}]", {"Fn::Sub": ["${B}", {"B": {"Ref": "A"}}]}),
        ("!Join ['-', [a, !Ref A]]", {"Fn::Join": ["-", ["a", {"Ref": "A"}]]}),
        ("!If [C, !Ref A, !Ref 'AWS::NoValue']", {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]}),
        ("!Select [0, !GetAZs '']", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        ("!ImportValue vpc", {"Fn::ImportValue": "vpc"}),
        ("!Base64 text", {"Fn::Base64": "text"}),
        ("2012-10-17", "2012-10-17"),
        ("{80: 8080}", {"80": 8080}),
        ("true", True),
    ],
)
def test_yaml_has_short_forms(short: str, full: Any) -> None:
    assert of(short) == full


def test_the_short_form_of_a_condition_is_one() -> None:
    text = "Conditions: {A: !Equals [a, a], B: !Not [!Condition A]}\nResources: {T: {Type: Test::Thing}}"
    assert parse_template(text).section("Conditions")["B"] == {"Fn::Not": [{"Condition": "A"}]}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"Resources": ', r"JSON not well-formed.*line 1"),
        ("Resources: [", "YAML not well-formed"),
        ("Resources: !!python/object:os.system {}", "YAML not well-formed"),
        ("just words", "unsupported structure"),
        ("", "unsupported structure"),
        ("{}", "At least one Resources member"),
        (f"Description: {'x' * LARGEST}", "may not exceed 1000000 bytes"),
    ],
)
def test_what_is_no_template_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        parse_template(text)


def test_the_bootstrap_template_of_the_cdk_is_read() -> None:
    template = parse_template(BOOTSTRAP.read_text())
    assert template.resources["StagingBucket"].deletion_policy == "Retain"
    assert template.resources["CdkBootstrapVersion"].resource_type == "AWS::SSM::Parameter"
