from typing import Any

import pytest

from api_platform.plan.risks.iam_broadened import iam_broadened
from tests.plan.sides import a_stack, between

pytestmark = pytest.mark.slow  # Node compares the templates

READ = {"Effect": "Allow", "Action": ["sqs:ReceiveMessage"], "Resource": "arn:aws:sqs:eu-west-1:123456789012:orders"}
DENY = {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}


def a_role(*statements: Any, name: str = "Role", managed: tuple[str, ...] = ()) -> dict[str, Any]:
    policy = {"PolicyName": "access", "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}
    properties = {"AssumeRolePolicyDocument": {}, "Policies": [policy], "ManagedPolicyArns": list(managed)}
    return {name: {"Type": "AWS::IAM::Role", "Properties": properties}}


def values(before: Any, after: Any) -> list[str]:
    return [risk.value for risk in iam_broadened(between([a_stack("p/a", before)], [a_stack("p/a", after)]))]


def test_only_what_is_new_in_a_statement_is_named() -> None:
    more = {**READ, "Action": ["sqs:ReceiveMessage", "sqs:PurgeQueue"]}
    assert values(a_role(READ), a_role(more)) == [
        "allows sqs:PurgeQueue on arn:aws:sqs:eu-west-1:123456789012:orders to AWS:${Role}"
    ]


@pytest.mark.parametrize(
    "narrower",
    [
        {**READ, "Action": "sqs:ReceiveMessage"},
        {**READ, "Resource": [READ["Resource"]]},
    ],
)
def test_the_same_in_other_words_is_no_risk(narrower: Any) -> None:
    assert values(a_role(READ), a_role(narrower)) == []


def test_fewer_actions_are_no_risk() -> None:
    wide = {**READ, "Action": ["sqs:*"]}
    assert values(a_role(wide), a_role(READ)) == []


def test_a_condition_that_goes_is_found() -> None:
    bound = {**READ, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
    (value,) = values(a_role(bound), a_role(READ))
    assert value.endswith("under another condition")


def test_a_denial_that_goes_is_found() -> None:
    assert values(a_role(READ, DENY), a_role(READ)) == ["no longer denies sqs:* on * to AWS:${Role}"]


def test_a_managed_policy_that_comes_is_found() -> None:
    policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    assert values(a_role(READ), a_role(READ, managed=(policy,))) == [f"attaches {policy} to ${{Role}}"]


def test_what_a_new_role_brings_along_is_no_risk() -> None:
    assert values(a_role(READ), a_role(READ) | a_role(READ, name="Other")) == []


@pytest.mark.parametrize("boundless", [{**READ, "Action": "sqs:*"}, {**READ, "Action": "*"}])
def test_a_new_role_that_may_do_everything_is_found(boundless: Any) -> None:
    assert len(values({}, a_role(boundless))) == 1


def test_a_new_role_of_an_administrator_is_found() -> None:
    policy = "arn:aws:iam::aws:policy/AdministratorAccess"
    assert values({}, a_role(READ, managed=(policy,))) == [f"attaches {policy} to ${{Role}}"]
