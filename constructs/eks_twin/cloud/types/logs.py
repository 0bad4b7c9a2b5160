"""Log groups."""

from collections.abc import Mapping
from typing import Any

from moto.logs.models import logs_backends

from eks_twin.aws_clients import Clients
from eks_twin.cloud.turns import TURN
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloud.types.tags import tagged
from eks_twin.cloudformation import ResourceType


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {"AWS::Logs::LogGroup": KeptType(clients, _delete, _CHANGES, frozenset({"RetentionInDays"}))}


def _logs(kept: Kept) -> Any:
    return kept.clients("logs")


def _delete(kept: Kept) -> None:
    _logs(kept).delete_log_group(logGroupName=kept.id)


def _retention(kept: Kept) -> None:
    days = kept.after.get("RetentionInDays")
    if days is None:
        _logs(kept).delete_retention_policy(logGroupName=kept.id)
    else:
        _logs(kept).put_retention_policy(logGroupName=kept.id, retentionInDays=int(days))


def _key(kept: Kept) -> None:
    """Note the key, for which moto has no call."""
    place = kept.clients.place
    with TURN:
        logs_backends[place.account][place.region].groups[kept.id].kms_key_id = kept.after.get("KmsKeyId")


_CHANGES: Mapping[str, ChangeInPlace] = {
    "KmsKeyId": _key,
    "RetentionInDays": _retention,
    "Tags": tagged(
        lambda kept, tags: _logs(kept).tag_log_group(logGroupName=kept.id, tags=tags),
        lambda kept, keys: _logs(kept).untag_log_group(logGroupName=kept.id, tags=keys),
    ),
}
