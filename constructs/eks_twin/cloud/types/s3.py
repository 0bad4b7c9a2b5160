"""Buckets of S3."""

from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloud.types.tags import pairs
from eks_twin.cloudformation import ResourceType


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    left_out = frozenset(_CHANGES) - {"BucketEncryption", "Tags"}
    bucket = KeptType(clients, lambda kept: _s3(kept).delete_bucket(Bucket=kept.id), _CHANGES, left_out)
    return {"AWS::S3::Bucket": bucket}


def _s3(kept: Kept) -> Any:
    return kept.clients("s3")


def _encryption(kept: Kept) -> None:
    if not (wanted := kept.after.get("BucketEncryption")):
        _s3(kept).delete_bucket_encryption(Bucket=kept.id)
        return
    rules = [
        {
            "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
            "BucketKeyEnabled": _truth(rule.get("BucketKeyEnabled", False)),
        }
        for rule in wanted["ServerSideEncryptionConfiguration"]
    ]
    _s3(kept).put_bucket_encryption(Bucket=kept.id, ServerSideEncryptionConfiguration={"Rules": rules})


def _versioning(kept: Kept) -> None:
    """Turn versioning on; taken away, it is suspended: S3 never turns it off."""
    wanted = kept.after.get("VersioningConfiguration") or {"Status": "Suspended"}
    _s3(kept).put_bucket_versioning(Bucket=kept.id, VersioningConfiguration={"Status": wanted["Status"]})


def _public_access(kept: Kept) -> None:
    if wanted := kept.after.get("PublicAccessBlockConfiguration"):
        block = {name: _truth(value) for name, value in wanted.items()}
        _s3(kept).put_public_access_block(Bucket=kept.id, PublicAccessBlockConfiguration=block)
    else:
        _s3(kept).delete_public_access_block(Bucket=kept.id)


def _ownership(kept: Kept) -> None:
    if wanted := kept.after.get("OwnershipControls"):
        _s3(kept).put_bucket_ownership_controls(Bucket=kept.id, OwnershipControls={"Rules": wanted["Rules"]})
    else:
        _s3(kept).delete_bucket_ownership_controls(Bucket=kept.id)


def _lifecycle(kept: Kept) -> None:
    if wanted := kept.after.get("LifecycleConfiguration"):
        rules = [_rule(rule) for rule in wanted["Rules"]]
        _s3(kept).put_bucket_lifecycle_configuration(Bucket=kept.id, LifecycleConfiguration={"Rules": rules})
    else:
        _s3(kept).delete_bucket_lifecycle(Bucket=kept.id)


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return a lifecycle rule of a template as the API takes it."""
    wanted: dict[str, Any] = {"Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "Id" in rule:
        wanted["ID"] = rule["Id"]
    if "ExpirationInDays" in rule:
        wanted["Expiration"] = {"Days": int(rule["ExpirationInDays"])}
    if expiration := rule.get("NoncurrentVersionExpiration"):
        wanted["NoncurrentVersionExpiration"] = {"NoncurrentDays": int(expiration["NoncurrentDays"])}
    if abort := rule.get("AbortIncompleteMultipartUpload"):
        wanted["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": int(abort["DaysAfterInitiation"])}
    if transitions := rule.get("Transitions"):
        wanted["Transitions"] = [
            {"Days": int(one["TransitionInDays"]), "StorageClass": one["StorageClass"]} for one in transitions
        ]
    return wanted


def _tags(kept: Kept) -> None:
    """Replace all tags: S3 knows no other way."""
    tags = {tag["Key"]: tag["Value"] for tag in kept.after.get("Tags") or []}
    if tags:
        _s3(kept).put_bucket_tagging(Bucket=kept.id, Tagging={"TagSet": pairs(tags)})
    else:
        _s3(kept).delete_bucket_tagging(Bucket=kept.id)


def _truth(value: object) -> bool:
    return str(value).lower() == "true"


_CHANGES: Mapping[str, ChangeInPlace] = {
    "BucketEncryption": _encryption,
    "LifecycleConfiguration": _lifecycle,
    "LoggingConfiguration": lambda _: None,  # nobody writes access logs here
    "OwnershipControls": _ownership,
    "PublicAccessBlockConfiguration": _public_access,
    "Tags": _tags,
    "VersioningConfiguration": _versioning,
}
