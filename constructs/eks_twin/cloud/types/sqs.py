"""Queues of SQS."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloud.types.tags import tagged
from eks_twin.cloudformation import ResourceType

_DEFAULTS: Mapping[str, object] = {
    "ContentBasedDeduplication": False,
    "DeduplicationScope": "queue",
    "DelaySeconds": 0,
    "FifoThroughputLimit": "perQueue",
    "KmsDataKeyReusePeriodSeconds": 300,
    "KmsMasterKeyId": "",
    "MaximumMessageSize": 1_048_576,
    "MessageRetentionPeriod": 345_600,
    "ReceiveMessageWaitTimeSeconds": 0,
    "RedrivePolicy": "",
    "SqsManagedSseEnabled": True,
    "VisibilityTimeout": 30,
}
"""What each attribute is where the template does not say: it comes back to that when a property is taken away."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    tags = tagged(
        lambda kept, tags: _sqs(kept).tag_queue(QueueUrl=kept.id, Tags=tags),
        lambda kept, keys: _sqs(kept).untag_queue(QueueUrl=kept.id, TagKeys=keys),
    )
    changes: Mapping[str, ChangeInPlace] = {**dict.fromkeys(_DEFAULTS, _attributes), "Tags": tags}
    return {"AWS::SQS::Queue": KeptType(clients, lambda kept: _sqs(kept).delete_queue(QueueUrl=kept.id), changes)}


def _sqs(kept: Kept) -> Any:
    return kept.clients("sqs")


def _attributes(kept: Kept) -> None:
    wanted, had = ({**_DEFAULTS, **each} for each in (kept.after, kept.before))
    changed = {name: _text(wanted[name]) for name in _DEFAULTS if wanted[name] != had[name]}
    # moto drops a policy that is not said again.
    policy = _sqs(kept).get_queue_attributes(QueueUrl=kept.id, AttributeNames=["Policy"]).get("Attributes", {})
    _sqs(kept).set_queue_attributes(QueueUrl=kept.id, Attributes={**policy, **changed})


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)
