"""IAM policies, made from the plain data of `access`."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam

from api_platform.access import Statement
from api_platform.environment import Environment

_WRITES = ("s3:PutObject", "sns:Publish", "sqs:SendMessage")
"""Actions that encrypt: the service asks KMS for a data key in the caller's name."""


def policy_document(environment: Environment, statements: Sequence[Statement]) -> iam.PolicyDocument:
    """Return the policy that allows exactly `statements`, and the use of the keys behind them."""
    document = iam.PolicyDocument()
    for statement in statements:
        document.add_statements(
            iam.PolicyStatement(actions=list(statement.actions), resources=list(statement.resources))
        )
        if statement.keys:
            document.add_statements(_key_use(environment, statement))
    return document


def _key_use(environment: Environment, statement: Statement) -> iam.PolicyStatement:
    """Return the permission to use the statement's keys, and that only through the service that it is about.

    IAM compares the ARN of a key, never that of an alias, and the key's id is known only after it was made. So the
    resource is any key of this account and region, and the condition narrows it down to those that bear the alias.
    """
    service = statement.actions[0].partition(":")[0]
    writes = any(action in _WRITES for action in statement.actions)
    return iam.PolicyStatement(
        actions=["kms:Decrypt", "kms:GenerateDataKey"] if writes else ["kms:Decrypt"],
        resources=[f"arn:aws:kms:{environment.region}:{environment.account}:key/*"],
        conditions={
            "ForAnyValue:StringEquals": {"kms:ResourceAliases": list(statement.keys)},
            "StringEquals": {"kms:ViaService": f"{service}.{environment.region}.amazonaws.com"},
        },
    )
