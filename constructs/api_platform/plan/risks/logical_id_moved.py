"""Another resource of the same stack comes to hold a live object."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import ObjectChange
from api_platform.plan.risks.risk import Danger, Risk


def logical_id_moved(changes: DeployChanges) -> list[Risk]:
    """Find objects whose logical id changed: CloudFormation creates the new resource, and then deletes the old one."""
    return [_risk(change, *_holders(change)) for change in changes.objects if _moved(change)]


def _moved(change: ObjectChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and before.stack == after.stack and before.logical_id != after.logical_id)


def _holders(change: ObjectChange) -> tuple[str, str, bool, bool]:
    before, after = change.before, change.after
    if not (before and after):
        return "", "", False, False
    return before.logical_id, after.logical_id, after.takes_over, before.is_kept


def _risk(change: ObjectChange, before: str, after: str, takes_over: bool, is_kept: bool) -> Risk:
    value = f"logical id {before} becomes {after}"
    remedy = "Keep the construct's id (it comes from kind, namespace and name), and the scope that it stands in."
    if not takes_over:
        consequence = "The new resource creates an object that is there already: the deploy fails and rolls back."
        return Risk(Danger.FAILS, str(change.key), value, consequence, remedy)
    if is_kept:
        return Risk(Danger.REMOVES, str(change.key), value, "The object stays; the old resource lets go of it.")
    consequence = "The new resource takes the object over, and then the old one deletes it: it is gone."
    return Risk(Danger.REMOVES, str(change.key), value, consequence, remedy)
