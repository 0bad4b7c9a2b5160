from typing import Any

import pytest

from api_platform.plan.aws_changes import AwsChanges, Impact
from tests.plan.sides import a_config_map, a_stack, a_state, an_object_resource

pytestmark = pytest.mark.slow  # Node compares the templates


def a_custom(value: str) -> dict[str, Any]:
    return {"Custom": {"Type": "Custom::Thing", "Properties": {"ServiceToken": "f", "Value": value}}}


def a_gate(name: str) -> dict[str, Any]:
    properties = {"ServiceToken": "f", "ObjectName": name}
    return {f"Rollout{name}": {"Type": "Custom::AWSCDK-EKS-KubernetesObjectValue", "Properties": properties}}


def between(before: Any, after: Any) -> AwsChanges:
    return AwsChanges.between(a_state(a_stack("p/a", before)), a_state(a_stack("p/a", after)))


def test_every_impact_of_the_library_is_known() -> None:
    """NO_CHANGE is what it says of types that it does not know; those are updates."""
    queue = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a", "VisibilityTimeout": 1}}}
    renamed = {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "b", "VisibilityTimeout": 2}}}
    changes = between(
        {**queue, **a_custom("x"), "Old": queue["Queue"]}, {**renamed, **a_custom("y"), "New": queue["Queue"]}
    )
    found = {one.logical_id: (one.impact, one.replacing) for one in changes.resources}
    assert found == {
        "Queue": (Impact.REPLACE, ("QueueName",)),
        "Custom": (Impact.UPDATE, ()),
        "Old": (Impact.DESTROY, ()),
        "New": (Impact.CREATE, ()),
    }


def test_properties_are_told_field_by_field() -> None:
    (change,) = between(a_custom("x"), a_custom("y")).resources
    assert [(one.place, one.before, one.after) for one in change.fields] == [("Value", "x", "y")]


def test_a_retained_resource_is_left() -> None:
    topic = {"Topic": {"Type": "AWS::SNS::Topic", "DeletionPolicy": "Retain"}}
    (change,) = between(topic, {}).resources
    assert change.impact is Impact.LEAVE


def test_objects_gates_order_and_notes_are_no_changes_of_their_own() -> None:
    """A gate follows the pods that it waits for; they are in the plan."""
    before, after = (
        {**a_custom("x"), "It": an_object_resource(a_config_map(level=one)), **a_gate(one)} for one in "ab"
    )
    after["Custom"] |= {"DependsOn": ["It"], "Metadata": {"aws:cdk:path": "x"}}
    assert between(before, after) == AwsChanges()


def test_the_librarys_private_form_of_statements_is_as_we_read_it() -> None:
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}
    policy = {"Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}]}
    (grant,) = between({}, {"Role": {"Type": "AWS::IAM::Role", "Properties": policy}}).grants
    assert grant.added == (
        {
            "effect": "Allow",
            "actions": {"not": False, "values": ["sqs:*"]},
            "resources": {"not": False, "values": ["${Queue.Arn}"]},
            "principals": {"not": False, "values": ["AWS:${Role}"]},
        },
    )


def test_a_statement_under_a_templates_condition_is_shown_as_it_is() -> None:
    statement = {"Fn::If": ["C", {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}, {"Ref": "AWS::NoValue"}]}
    policy = {"Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}]}
    (grant,) = between({}, {"Role": {"Type": "AWS::IAM::Role", "Properties": policy}}).grants
    assert "sqs:*" in grant.added[0]["actions"]["values"][0]
