"""What a rule looks at, and what it has to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Manifest = Mapping[str, Any]
"""One rendered Kubernetes object."""

PLATFORM = "platform"
"""The subject of a finding that is about no single workload; nothing can acknowledge it."""


@dataclass(frozen=True, order=True)
class Finding:
    """One breach of one rule."""

    rule: str
    """The rule's name: its file's, with dashes."""
    subject: str
    """The workload that it is about; `platform` where it is about no single one."""
    value: str
    """What was found, with figures."""
    demand: str
    """What the rule demands, and why."""
    remedy: str
    """What to change, and where."""
