"""Keys of KMS, and their aliases."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloud.types.tags import tagged
from eks_twin.cloudformation import ResourceType

_LEFT_OUT = frozenset({"Enabled", "EnableKeyRotation", "KeyPolicy"})
"""The policy too: moto would keep an object where its own calls expect text."""
_DELETED_AFTER_DAYS = 30
"""How long AWS waits until it deletes a key of which the template does not say."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {
        "AWS::KMS::Alias": KeptType(
            clients,
            lambda kept: _kms(kept).delete_alias(AliasName=kept.id),
            {"TargetKeyId": _another_target},
        ),
        "AWS::KMS::Key": KeptType(
            clients, _schedule_deletion, _KEY, _LEFT_OUT, lambda request: {"KeyPolicy": _owner_may_all(request.account)}
        ),
    }


def _kms(kept: Kept) -> Any:
    return kept.clients("kms")


def _another_target(kept: Kept) -> None:
    _kms(kept).update_alias(AliasName=kept.id, TargetKeyId=kept.after["TargetKeyId"])


def _policy(kept: Kept) -> None:
    given = kept.after.get("KeyPolicy")
    policy = json.dumps(given) if given else _owner_may_all(kept.clients.place.account)
    _kms(kept).put_key_policy(KeyId=kept.id, PolicyName="default", Policy=policy)


def _owner_may_all(account: str) -> str:
    """Return the policy that KMS gives a key of which the template says nothing."""
    statement = {
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement]})


def _rotation(kept: Kept) -> None:
    if _is(kept, "EnableKeyRotation", default=False):
        _kms(kept).enable_key_rotation(KeyId=kept.id)
    else:
        _kms(kept).disable_key_rotation(KeyId=kept.id)


def _enabled(kept: Kept) -> None:
    call = _kms(kept).enable_key if _is(kept, "Enabled", default=True) else _kms(kept).disable_key
    call(KeyId=kept.id)


def _is(kept: Kept, name: str, *, default: bool) -> bool:
    return str(kept.after.get(name, default)).lower() == "true"


def _schedule_deletion(kept: Kept) -> None:
    days = int(kept.after.get("PendingWindowInDays", _DELETED_AFTER_DAYS))
    _kms(kept).schedule_key_deletion(KeyId=kept.id, PendingWindowInDays=days)


_KEY: Mapping[str, ChangeInPlace] = {
    "Description": lambda kept: _kms(kept).update_key_description(
        KeyId=kept.id, Description=str(kept.after.get("Description", ""))
    ),
    "EnableKeyRotation": _rotation,
    "Enabled": _enabled,
    "KeyPolicy": _policy,
    "PendingWindowInDays": lambda _: None,  # read at the deletion
    "Tags": tagged(
        lambda kept, tags: _kms(kept).tag_resource(
            KeyId=kept.id, Tags=[{"TagKey": key, "TagValue": value} for key, value in tags.items()]
        ),
        lambda kept, keys: _kms(kept).untag_resource(KeyId=kept.id, TagKeys=keys),
    ),
}
