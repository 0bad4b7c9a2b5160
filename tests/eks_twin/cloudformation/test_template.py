"""A template as typed data, and what is none."""

from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.template import MOST_RESOURCES, read_template
from tests.eks_twin.cloudformation.building import a_resource


def test_a_resource_is_read_with_all_its_parts() -> None:
    body = {
        "Type": "Test::Thing",
        "Properties": {"Size": 1},
        "DependsOn": "Other",
        "Condition": "Yes",
        "DeletionPolicy": "RetainExceptOnCreate",
        "UpdateReplacePolicy": "Retain",
        "Metadata": {"a": 1},
    }
    resource = read_template({"Resources": {"Thing": body}}).resources["Thing"]
    assert (resource.logical_id, resource.resource_type, resource.properties) == ("Thing", "Test::Thing", {"Size": 1})
    assert (resource.depends_on, resource.condition, resource.metadata) == (("Other",), "Yes", {"a": 1})
    assert (resource.deletion_policy, resource.update_replace_policy) == ("RetainExceptOnCreate", "Retain")


def test_policies_are_delete_by_default() -> None:
    resource = read_template({"Resources": {"Thing": {"Type": "Test::Thing"}}}).resources["Thing"]
    assert (resource.deletion_policy, resource.update_replace_policy, resource.properties) == ("Delete", "Delete", {})


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({}, "At least one Resources member"),
        ({"Resources": {}}, "At least one Resources member"),
        ({"Resources": []}, "At least one Resources member"),
        ({"Resources": [1]}, "Resources must be an object, and is list"),
        ({"Resources": {"A": a_resource()}, "Transform": "AWS::Serverless-2016-10-31"}, r"\[Transform\]"),
        ({"Resources": {"A": []}}, "Resources/A must be an object"),
        ({"Resources": {"A-B": a_resource()}}, "Resource name A-B is non alphanumeric"),
        ({"Resources": {"A": {"Properties": {}}}}, "Resources/A must have a Type"),
        ({"Resources": {"A": a_resource() | {"DependOn": "B"}}}, "unknown part DependOn. Did you mean 'DependsOn'"),
        ({"Resources": {"A": a_resource() | {"DependsOn": [1]}}}, "Resources/A/DependsOn must be"),
        ({"Resources": {"A": a_resource() | {"Condition": {"Ref": "B"}}}}, "Resources/A/Condition must be"),
        ({"Resources": {"A": a_resource() | {"DeletionPolicy": "Keep"}}}, "DeletionPolicy is 'Keep'"),
        ({"Resources": {"A": a_resource() | {"UpdateReplacePolicy": "RetainExceptOnCreate"}}}, "UpdateReplacePolicy"),
        ({"Resources": {"A": a_resource() | {"Properties": [1]}}}, "Resources/A/Properties must be an object"),
        ({"Resources": {"A": a_resource()}, "Parameters": {"P": "String"}}, "Parameters/P must be an object"),
        ({"Resources": {"A": a_resource()}, "Outputs": {"O": {"Value": 1, "Export": "x"}}}, "Outputs/O/Export"),
    ],
)
def test_what_is_no_template_is_refused(document: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        read_template(document)


def test_a_template_may_have_as_many_resources_as_cloudformation_takes() -> None:
    resources = {f"A{number}": a_resource() for number in range(MOST_RESOURCES)}
    assert len(read_template({"Resources": resources}).resources) == 500
    with pytest.raises(ValidationError, match="Number of resources, 501, is greater than maximum allowed, 500"):
        read_template({"Resources": resources | {"More": a_resource()}})
