"""Buckets: private, versioned, encrypted, and not for ever."""

import json

import pytest

from tests.aws.synthesized import Resource, Synthesized, in_every_environment

STORAGE = in_every_environment("storage")
pytestmark = [pytest.mark.aws, pytest.mark.parametrize("stack", STORAGE)]


@pytest.fixture
def buckets(synthesized: Synthesized, stack: str) -> dict[str, Resource]:
    """The buckets by the part of their name after the environment."""
    found = synthesized.resources(stack, "AWS::S3::Bucket").values()
    environment = stack.partition("/")[0]
    return {one["Properties"]["BucketName"].removeprefix(f"{environment}-"): one for one in found}


def named(buckets: dict[str, Resource], name: str) -> Resource:
    (properties,) = [one["Properties"] for key, one in buckets.items() if key.startswith(f"{name}-")]
    found: Resource = properties
    return found


def test_there_is_one_for_media_one_for_exports_and_one_for_access_logs(buckets: dict[str, Resource]) -> None:
    assert len(buckets) == 3
    for name in ("media", "export", "access-logs"):
        named(buckets, name)


def test_nothing_is_public(buckets: dict[str, Resource]) -> None:
    for one in buckets.values():
        assert set(one["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
        assert len(one["Properties"]["PublicAccessBlockConfiguration"]) == 4


def test_every_bucket_takes_tls_only(synthesized: Synthesized, stack: str) -> None:
    policies = synthesized.resources(stack, "AWS::S3::BucketPolicy").values()
    assert len(policies) == 3
    for one in policies:
        conditions = [statement.get("Condition") for statement in one["Properties"]["PolicyDocument"]["Statement"]]
        assert {"Bool": {"aws:SecureTransport": "false"}} in conditions


def test_old_versions_are_kept_a_while(buckets: dict[str, Resource]) -> None:
    for one in buckets.values():
        assert one["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
        (rule,) = one["Properties"]["LifecycleConfiguration"]["Rules"]
        assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}


def test_parts_of_broken_uploads_go_away(buckets: dict[str, Resource]) -> None:
    """They cost like any object, and no listing shows them."""
    for one in buckets.values():
        (rule,) = one["Properties"]["LifecycleConfiguration"]["Rules"]
        assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}


def test_exports_expire_and_media_does_not(buckets: dict[str, Resource]) -> None:
    expiry = {
        name: named(buckets, name)["LifecycleConfiguration"]["Rules"][0].get("ExpirationInDays")
        for name in ("media", "export")
    }
    assert expiry == {"media": None, "export": 30}


def test_data_is_encrypted_under_our_key(buckets: dict[str, Resource]) -> None:
    for name in ("media", "export"):
        assert "KMSMasterKeyID" in json.dumps(named(buckets, name)["BucketEncryption"])


def test_access_to_data_is_logged(buckets: dict[str, Resource]) -> None:
    for name in ("media", "export"):
        assert named(buckets, name)["LoggingConfiguration"]["LogFilePrefix"] == f"{name}/"


def test_production_keeps_its_data(synthesized: Synthesized, stack: str) -> None:
    kept = "RetainExceptOnCreate" if stack == "production/storage" else "Delete"
    for kind in ("AWS::S3::Bucket", "AWS::KMS::Key"):
        for one in synthesized.resources(stack, kind).values():
            assert one["DeletionPolicy"] == kept
