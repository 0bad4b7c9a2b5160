"""All that differs between two sides of one environment: what risks are found in."""

from collections.abc import Iterator
from dataclasses import dataclass

from api_platform.plan.aws_changes import AwsChanges
from api_platform.plan.object_changes import Action, ObjectChange, object_changes
from api_platform.plan.states import DeployState


@dataclass(frozen=True)
class DeployChanges:
    """What a deploy of one environment changes."""

    before: DeployState
    after: DeployState
    objects: tuple[ObjectChange, ...]
    aws: AwsChanges
    refused: tuple[tuple[str, str], ...] = ()
    """Object, and why the API server refuses it; known only where a cluster was asked."""

    @classmethod
    def between(
        cls, before: DeployState, after: DeployState, refused: tuple[tuple[str, str], ...] = ()
    ) -> "DeployChanges":
        """Compare two sides. Raises InputError where what compares AWS resources is not installed."""
        return cls(before, after, tuple(object_changes(before, after)), AwsChanges.between(before, after), refused)

    @property
    def is_empty(self) -> bool:
        """Return whether a deploy would change nothing."""
        return not (self.objects or self.aws.resources or self.refused or self.left_stacks)

    @property
    def left_stacks(self) -> list[str]:
        """Return the stacks that the app no longer has: no deploy deletes them."""
        return [stack.path for key, stack in self.before.stacks.items() if key not in self.after.stacks]

    def of_kind(self, kind: str, *actions: Action) -> Iterator[ObjectChange]:
        """Yield the changes of one kind of object; of these actions, where some are named."""
        for change in self.objects:
            if change.key.kind == kind and (not actions or change.action in actions):
                yield change
