"""New pods replace old ones."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action, ObjectChange
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.risks.rollout_course import RolloutCourse, rollout_courses
from api_platform.rules.values import whole

_TEMPLATE = ("spec", "template")
_DEADLINE_SECONDS = 600
"""Kubernetes' own, where the Deployment names none."""


def pods_restart(changes: DeployChanges) -> list[Risk]:
    """Find Deployments whose pods' template changes: any change in it, and nothing else, starts a rollout."""
    return [
        _risk(changes, change) for change in changes.of_kind("Deployment", Action.UPDATE) if change.touches(*_TEMPLATE)
    ]


def restarted_by(change: ObjectChange) -> list[str]:
    """Return the places in the pods' template that change, without the template's own path."""
    prefix = ".".join(_TEMPLATE) + "."
    return [one.place.removeprefix(prefix) for one in change.fields if one.path[:2] == _TEMPLATE]


def _risk(changes: DeployChanges, change: ObjectChange) -> Risk:
    fewest, most = rollout_courses(changes.after.index, change.new)
    deadline = whole(change.new, "spec", "progressDeadlineSeconds") or _DEADLINE_SECONDS
    pods = _span(fewest.replicas, most.replicas, "pods")
    at_a_time = _span(fewest.step.at_a_time, most.step.at_a_time, "")
    return Risk(
        Danger.RESTARTS,
        str(change.key),
        f"{pods}, {at_a_time} at a time, {_missing(fewest, most)}; {_time(fewest.seconds, most.seconds)} at most",
        f"For {', '.join(restarted_by(change))}. An old pod may take {shown_seconds(most.grace_seconds)} to end. "
        f"Without a new pod for {shown_seconds(deadline)} the rollout gives up, and the old pods go on serving.",
    )


def shown_seconds(seconds: int) -> str:
    """Return a time as people read it: `45 s`, `10 min`, `2 min 30 s`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _missing(fewest: RolloutCourse, most: RolloutCourse) -> str:
    if not most.step.missing:
        return "none fewer than wanted"
    return f"{_span(fewest.step.missing, most.step.missing, '')} fewer than wanted"


def _span(least: int, most: int, unit: str) -> str:
    return f"{least} {unit}".strip() if least == most else f"{least} to {most} {unit}".strip()


def _time(least: int, most: int) -> str:
    return shown_seconds(least) if least == most else f"{shown_seconds(least)} to {shown_seconds(most)}"
