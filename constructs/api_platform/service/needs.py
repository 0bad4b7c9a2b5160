"""What a workload needs outside the mesh. Roles, network policies and configuration all follow from it."""

from typing import Annotated, Literal

from pydantic import Field

from api_platform.model import DnsLabel, Spec

MAXIMUM_RECEIVES = 5
"""A message that its consumer failed on so often goes to the dead-letter queue."""
MESSAGES_KEPT_DAYS = 7
"""What nobody has fetched by then is lost."""
DEAD_LETTERS_KEPT_DAYS = 14
"""Longer than the queue's own: a message keeps the age that it comes with."""


class QueueConsumer(Spec):
    """Empties the SQS queue of its own name."""

    longest_job_seconds: Annotated[int, Field(ge=1, le=20_000)]
    """The longest that one message may take; the grace period and the queue's visibility timeout follow from it."""


class QueueSender(Spec):
    """Sends to another workload's SQS queue."""

    queue: DnsLabel
    """The workload that consumes it."""


class BucketAccess(Spec):
    """Reads or writes an S3 bucket."""

    bucket: Literal["media", "export"]
    mode: Literal["read", "write", "read-write"]


class DatabaseAccess(Spec):
    """Connects to the PostgreSQL database; its address and password are mounted as files."""


class CacheAccess(Spec):
    """Connects to the Redis-compatible cache."""


class SecretAccess(Spec):
    """Reads a secret of AWS Secrets Manager, mounted as files."""

    secret: DnsLabel


Need = QueueConsumer | QueueSender | BucketAccess | DatabaseAccess | CacheAccess | SecretAccess
