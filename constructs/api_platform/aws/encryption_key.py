"""A customer-managed KMS key."""

from aws_cdk import aws_kms as kms
from constructs import Construct

from api_platform import names
from api_platform.aws.retention import retention
from api_platform.environment import Environment


def encryption_key(scope: Construct, environment: Environment, purpose: str) -> kms.Key:
    """Create the key for `purpose`, rotated yearly, under the alias by which the roles' policies know it."""
    return kms.Key(
        scope,
        "Key",
        alias=names.key_alias(environment, purpose),
        description=f"Encrypts {purpose} of {environment.name}",
        enable_key_rotation=True,
        removal_policy=retention(environment),
    )
