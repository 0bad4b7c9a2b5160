"""S3 buckets: private, versioned, encrypted under our key, reached by TLS only."""

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from api_platform import names
from api_platform.aws.retention import retention
from api_platform.environment import Environment


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
    return s3.Bucket(
        scope,
        name,
        bucket_name=names.bucket_name(environment, name),
        encryption=s3.BucketEncryption.KMS,
        encryption_key=key,
        # One call of KMS for many objects.
        bucket_key_enabled=True,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        versioned=True,
        server_access_logs_bucket=access_logs,
        server_access_logs_prefix=f"{name}/",
        lifecycle_rules=_lifecycle(expires_after),
        removal_policy=retention(environment),
    )


def access_log_bucket(scope: Construct, environment: Environment) -> s3.Bucket:
    """Create the bucket for the other buckets' access logs. S3 writes these under its own keys only."""
    kept = environment.choose(development=Duration.days(30), staging=Duration.days(90), production=Duration.days(365))
    return s3.Bucket(
        scope,
        "access-logs",
        bucket_name=names.bucket_name(environment, "access-logs"),
        encryption=s3.BucketEncryption.S3_MANAGED,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        versioned=True,
        lifecycle_rules=_lifecycle(kept),
        removal_policy=retention(environment),
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
