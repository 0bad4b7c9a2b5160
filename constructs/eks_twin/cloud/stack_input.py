"""What a caller of CloudFormation's API gives of a stack: template, parameters, tags, and what to do on failure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eks_twin.cloudformation import OnFailure


@dataclass(frozen=True)
class StackInput:
    """What CreateStack, UpdateStack and CreateChangeSet take, apart from the stack's name."""

    template: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[Mapping[str, str]] = ()
    capabilities: Sequence[str] = ()
    role: str | None = None
    on_failure: OnFailure = OnFailure.ROLLBACK

    def same_tags(self, other: "StackInput") -> bool:
        """Whether both have the same tags, in whatever order."""
        one, two = ({tag["Key"]: tag["Value"] for tag in given.tags} for given in (self, other))
        return one == two
