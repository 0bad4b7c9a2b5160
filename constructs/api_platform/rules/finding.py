"""What a rule looks at, and what it has to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Manifest = Mapping[str, Any]
"""One rendered Kubernetes object."""


def rule_name(module: str) -> str:
    """Return the name of the rule that a module holds: the module's own, with dashes."""
    return module.rpartition(".")[2].replace("_", "-")


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
