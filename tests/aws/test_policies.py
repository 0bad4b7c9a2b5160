"""From plain data to IAM."""

from typing import Any

import pytest
from aws_cdk import Stack

from api_platform.access import Statement
from api_platform.aws.policies import policy_document
from tests.aws.building import ACCOUNT, REGION, a_stack
from tests.specs import an_environment

pytestmark = pytest.mark.aws

QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:production-orders"
ALIAS = "alias/production-messaging"


def rendered(*statements: Statement) -> list[dict[str, Any]]:
    stack: Stack = a_stack()
    document: dict[str, Any] = stack.resolve(policy_document(an_environment(), statements))
    found: list[dict[str, Any]] = document["Statement"]
    return found


def test_it_allows_the_named_actions_on_the_named_resources() -> None:
    (only,) = rendered(Statement(("sqs:DeleteMessage", "sqs:ReceiveMessage"), (QUEUE,)))
    assert only == {
        "Effect": "Allow",
        "Action": ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
        "Resource": QUEUE,
    }


def test_a_key_may_be_used_by_its_alias_and_through_its_service_alone() -> None:
    """IAM never compares the ARN of an alias, so a policy that names it as resource allows nothing, in silence."""
    _, key = rendered(Statement(("sqs:ReceiveMessage",), (QUEUE,), (ALIAS,)))
    assert key["Resource"] == f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*"
    assert key["Condition"] == {
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": [ALIAS]},
        "StringEquals": {"kms:ViaService": f"sqs.{REGION}.amazonaws.com"},
    }


def test_readers_decrypt_only() -> None:
    _, key = rendered(Statement(("sqs:ReceiveMessage",), (QUEUE,), (ALIAS,)))
    assert key["Action"] == "kms:Decrypt"


@pytest.mark.parametrize(("action", "resource"), [("sqs:SendMessage", QUEUE), ("s3:PutObject", "arn:aws:s3:::b/*")])
def test_writers_make_data_keys_too(action: str, resource: str) -> None:
    """A sender needs both: SQS checks the key that it made by decrypting it."""
    _, key = rendered(Statement((action,), (resource,), (ALIAS,)))
    assert key["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
