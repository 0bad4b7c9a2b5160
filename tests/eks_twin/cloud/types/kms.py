"""Cases of KMS."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged

OPEN = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Sid": "open"}],
}
KEY = {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": OPEN}}


def of_key(name: str) -> Probe:
    return lambda clients, physical_id: clients("kms").describe_key(KeyId=physical_id)["KeyMetadata"][name]


def is_alive(clients: Clients, physical_id: str) -> bool:
    return bool(of_key("KeyState")(clients, physical_id) != "PendingDeletion")


def rotates(clients: Clients, physical_id: str) -> Any:
    return clients("kms").get_key_rotation_status(KeyId=physical_id)["KeyRotationEnabled"]


def tags(clients: Clients, physical_id: str) -> Any:
    found = clients("kms").list_resource_tags(KeyId=physical_id)["Tags"]
    return {tag["TagKey"]: tag["TagValue"] for tag in found}


def policy(clients: Clients, physical_id: str) -> bool:
    return "closed" in clients("kms").get_key_policy(KeyId=physical_id, PolicyName="default")["Policy"]


def target_is_described(clients: Clients, physical_id: str) -> Any:
    return clients("kms").describe_key(KeyId=physical_id)["KeyMetadata"]["Description"]


def alias_exists(clients: Clients, physical_id: str) -> bool:
    return any(alias["AliasName"] == physical_id for alias in clients("kms").list_aliases()["Aliases"])


CLOSED = {**OPEN, "Statement": [{**OPEN["Statement"][0], "Sid": "closed"}]}  # type: ignore[dict-item]
OTHER_KEY = {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": OPEN, "Description": "other"}}
CASES = (
    Case(
        "AWS::KMS::Alias",
        {"AliasName": "alias/of-the-test", "TargetKeyId": {"Ref": "Key"}},
        alias_exists,
        [InPlace({"TargetKeyId": {"Ref": "OtherKey"}}, target_is_described, "", "other")],
        {"AliasName": "alias/another"},
        {"Key": KEY, "OtherKey": OTHER_KEY},
    ),
    Case(
        "AWS::KMS::Key",
        {"KeyPolicy": OPEN, "PendingWindowInDays": 7},
        is_alive,
        [
            InPlace({"Description": "new"}, of_key("Description"), "", "new"),
            InPlace({"EnableKeyRotation": True}, rotates, False, True),
            tagged(tags),
            InPlace({"Enabled": False}, of_key("Enabled"), True, False),
            InPlace({"KeyPolicy": CLOSED}, policy, False, True),
        ],
    ),
)
