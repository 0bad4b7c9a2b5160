"""Which Kubernetes objects come, change, go or are left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from api_platform.plan.fields import FieldChange, field_changes, is_same
from api_platform.plan.masking import mask_object
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.states import DeployState, HeldObject
from api_platform.rules.finding import Manifest


class Action(Enum):
    """What a deploy does to an object."""

    CREATE = "new"
    UPDATE = "changed"
    MOVE = "moved"
    """It stays as it is, and another resource comes to hold it."""
    APPLY = "applied again"
    """It stays as it is, and its resource changes otherwise: which function applies it, or to which cluster."""
    DELETE = "deleted"
    LEAVE = "left behind"
    """Nobody declares it any more, and nothing deletes it."""


@dataclass(frozen=True)
class ObjectChange:
    """One object that a deploy touches, or ceases to care for."""

    key: ObjectKey
    action: Action
    before: HeldObject | None
    after: HeldObject | None
    fields: tuple[FieldChange, ...] = ()
    """What differs; none where there is only one side."""

    @property
    def old(self) -> Manifest:
        """Return the manifest as it was; an empty one where it is new."""
        return self.before.manifest if self.before else {}

    @property
    def new(self) -> Manifest:
        """Return the manifest as it will be; an empty one where it goes."""
        return self.after.manifest if self.after else {}

    def touches(self, *path: str) -> bool:
        """Return whether a field at the path, around it or below it changes."""
        return any(one.path[: len(path)] == path[: len(one.path)] for one in self.fields)


def object_changes(before: DeployState, after: DeployState) -> Iterator[ObjectChange]:
    """Yield what differs, in the order in which the new side applies it; then what goes."""
    for key, held in after.objects.items():
        was = before.objects.get(key)
        if was is None:
            yield ObjectChange(key, Action.CREATE, None, held)
        elif not is_same(was.manifest, held.manifest):
            fields = field_changes(*mask_object(was.manifest, held.manifest))
            yield ObjectChange(key, Action.UPDATE, was, held, fields)
        elif was.holder != held.holder:
            yield ObjectChange(key, Action.MOVE, was, held)
        elif not is_same(was.applied_by, held.applied_by):
            yield ObjectChange(key, Action.APPLY, was, held)
    for key, was in before.objects.items():
        if key not in after.objects:
            yield ObjectChange(key, Action.LEAVE if _is_left(was, after) else Action.DELETE, was, None)


def _is_left(was: HeldObject, after: DeployState) -> bool:
    """Return whether nothing deletes the object.

    A stack that the app no longer has is never deleted by a deploy; a resource that comes to hold another object is
    updated, and an apply deletes nothing (pruning is off); without CloudFormation nobody deletes at all.
    """
    return was.is_kept or was.stack not in after.stacks or after.holds_resource(was)
