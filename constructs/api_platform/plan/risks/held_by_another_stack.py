"""A stack comes to hold an object that another one still holds."""

from api_platform.plan.assembly import StackKey
from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import ObjectChange
from api_platform.plan.risks.risk import Danger, Risk


def held_by_another_stack(changes: DeployChanges) -> list[Risk]:
    """Find objects that move between stacks, unless the old one is deployed first and so has deleted its own."""
    return [risk for change in changes.objects if (risk := _risk(changes, change))]


def _risk(changes: DeployChanges, change: ObjectChange) -> Risk | None:
    before, after = change.before, change.after
    if before is None or after is None or before.stack == after.stack:
        return None
    old, new = changes.before.path_of(before.stack), changes.after.path_of(after.stack)
    value = f"goes from stack {old} to {new}"
    if after.takes_over:
        return Risk(
            Danger.REMOVES, str(change.key), value, f"{new} takes it over; when {old} lets go, it may delete it."
        )
    if _is_first(changes, before.stack, after.stack):
        consequence = f"{old} is deployed first and deletes it; {new} creates it anew. Between the two it is gone."
        return Risk(Danger.REMOVES, str(change.key), value, consequence)
    return Risk(
        Danger.FAILS,
        str(change.key),
        value,
        f"{new} creates what {old} still holds: the deploy fails and rolls back.",
        f"Deploy {old} without it first, or delete that stack (aws cloudformation delete-stack), and then {new}.",
    )


def _is_first(changes: DeployChanges, old: StackKey | None, new: StackKey | None) -> bool:
    """Return whether the old holder's stack is deployed before the new one's, in whatever many steps."""
    stacks = {stack.path: stack for stack in changes.after.stacks.values()}
    if old is None or new is None or old not in changes.after.stacks or new not in changes.after.stacks:
        return False
    wanted, waiting, seen = changes.after.stacks[old].path, [changes.after.stacks[new].path], set[str]()
    while waiting:
        path = waiting.pop()
        if path == wanted:
            return True
        if path in stacks and path not in seen:
            seen.add(path)
            waiting += stacks[path].after
    return False
