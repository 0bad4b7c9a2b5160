"""A policy for cases of several services."""

from typing import Any


def open_to_all(sid: str) -> dict[str, Any]:
    """Return a resource's policy. `sid`: by which the probes know it again."""
    statement = {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}
