"""The CDK app as its author runs it: where it is, how it is synthesized, which of its stacks are meant."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Project:
    """One CDK app."""

    folder: Path
    """Where its cdk.json is, from which the CDK CLI is called."""
    app: str | None = None
    """What synthesizes it, e.g. `python app.py`. Default: what cdk.json says."""
    stacks: Sequence[str] = ("**",)
    """Which stacks are deployed, as the CDK CLI selects them. Default: all."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Environment variables that its synthesis and its deployment see, beside the caller's."""
    cdk: str = "cdk"
    """The CDK CLI: a path, or a name on PATH."""

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "folder": str(self.folder), "stacks": list(self.stacks)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Project":
        """Return what `as_json` made plain."""
        return cls(**{**data, "folder": Path(data["folder"]), "stacks": tuple(data["stacks"])})
