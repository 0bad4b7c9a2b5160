"""Cases of S3."""

import json
import re
from typing import Any

from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.open_policy import open_to_all

BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "for-a-policy"}}


def encryption(clients: Clients, physical_id: str) -> Any:
    found = clients("s3").get_bucket_encryption(Bucket=physical_id)["ServerSideEncryptionConfiguration"]["Rules"]
    return found[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]


def versioning(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_versioning(Bucket=physical_id).get("Status")


def expiry(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_lifecycle_configuration(Bucket=physical_id)["Rules"][0]["Expiration"]["Days"]


def or_none(of: Probe) -> Probe:
    """Return a probe that finds None where S3 answers that there is no such configuration."""

    def probe(clients: Clients, physical_id: str) -> Any:
        try:
            return of(clients, physical_id)
        except ClientError as error:
            if re.match("NoSuch|OwnershipControlsNotFound", error.response["Error"]["Code"]):
                return None
            raise

    return probe


blocks = or_none(
    lambda clients, name: clients("s3").get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"][
        "BlockPublicAcls"
    ]
)
owner = or_none(
    lambda clients, name: clients("s3").get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"][0][
        "ObjectOwnership"
    ]
)
tags_of_bucket = or_none(lambda clients, name: clients("s3").get_bucket_tagging(Bucket=name)["TagSet"])


def sid_of_bucket(clients: Clients, physical_id: str) -> Any:
    return json.loads(clients("s3").get_bucket_policy(Bucket=physical_id)["Policy"])["Statement"][0]["Sid"]


def expires(days: int) -> dict[str, Any]:
    return {"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": days}]}


def sse(algorithm: str) -> dict[str, Any]:
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]}


OWNED = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
ON = {"Status": "Enabled"}
CASES = (
    Case(
        "AWS::S3::Bucket",
        {"BucketEncryption": sse("AES256"), "LifecycleConfiguration": expires(30), "VersioningConfiguration": ON},
        lambda clients, physical_id: bool(clients("s3").head_bucket(Bucket=physical_id)),
        [
            InPlace({"BucketEncryption": sse("aws:kms")}, encryption, "AES256", "aws:kms"),
            InPlace({"VersioningConfiguration": {"Status": "Suspended"}}, versioning, "Enabled", "Suspended"),
            InPlace({"LifecycleConfiguration": expires(90)}, expiry, 30, 90),
            InPlace({"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}, blocks, None, True),
            InPlace({"OwnershipControls": OWNED}, owner, None, "BucketOwnerEnforced"),
            tagged(tags_of_bucket),
        ],
        {"BucketName": "another"},
    ),
    Case(
        "AWS::S3::BucketPolicy",
        {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": open_to_all("one")},
        lambda clients, physical_id: bool(sid_of_bucket(clients, physical_id)),
        [InPlace({"PolicyDocument": open_to_all("two")}, sid_of_bucket, "one", "two")],
        {"Bucket": {"Ref": "Other"}},
        {"Bucket": BUCKET, "Other": {"Type": "AWS::S3::Bucket", "Properties": {}}},
    ),
)
