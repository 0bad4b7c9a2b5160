"""S3 buckets: private, versioned, encrypted under our key, reached by TLS only."""

from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from api_platform import names
from api_platform.account_demands import ACCESS_LOGS
from api_platform.aws.retention import retention
from api_platform.environment import Environment


@dataclass(frozen=True)
class DataProtection:
    """What a bucket of data has, and one of access logs has not."""

    key: kms.IKey
    """Encrypts the objects."""
    access_logs: s3.IBucket
    """Where the bucket's access log goes."""


def data_bucket(
    scope: Construct,
    environment: Environment,
    name: str,
    *,
    key: kms.IKey,
    access_logs: s3.IBucket,
    expires_after: Duration | None = None,
) -> s3.Bucket:
    """Create a bucket of the product. `expires_after`: how long an object stays. Default: until it is deleted."""
    return private_bucket(
        scope,
        name,
        name=names.bucket_name(environment, name),
        removal_policy=retention(environment),
        protection=DataProtection(key, access_logs),
        expires_after=expires_after,
    )


def access_log_bucket(scope: Construct, environment: Environment) -> s3.Bucket:
    """Create the bucket for the other buckets' access logs. S3 writes these under its own keys only."""
    kept = environment.choose(development=Duration.days(30), staging=Duration.days(90), production=Duration.days(365))
    return private_bucket(
        scope,
        ACCESS_LOGS,
        name=names.bucket_name(environment, ACCESS_LOGS),
        removal_policy=retention(environment),
        expires_after=kept,
    )


def private_bucket(
    scope: Construct,
    construct_id: str,
    *,
    name: str,
    removal_policy: RemovalPolicy,
    protection: DataProtection | None = None,
    expires_after: Duration | None = None,
) -> s3.Bucket:
    """Create a private, versioned bucket, reached by TLS only.

    `protection`: default: S3's own key, and no access log. `expires_after`: how long an object stays; default: until it
    is deleted.
    """
    return s3.Bucket(
        scope,
        construct_id,
        bucket_name=name,
        encryption=s3.BucketEncryption.KMS if protection else s3.BucketEncryption.S3_MANAGED,
        encryption_key=protection.key if protection else None,
        # One call of KMS for many objects.
        bucket_key_enabled=True if protection else None,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        versioned=True,
        server_access_logs_bucket=protection.access_logs if protection else None,
        server_access_logs_prefix=f"{construct_id}/" if protection else None,
        lifecycle_rules=_lifecycle(expires_after),
        removal_policy=removal_policy,
    )


def _lifecycle(expires_after: Duration | None) -> list[s3.LifecycleRule]:
    """Clear up what nobody sees: parts of broken uploads, and older versions after 30 days."""
    return [
        s3.LifecycleRule(
            abort_incomplete_multipart_upload_after=Duration.days(7),
            noncurrent_version_expiration=Duration.days(30),
            expiration=expires_after,
        )
    ]
