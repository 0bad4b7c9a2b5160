"""A plan as headings, entries and fields: what terminal and Markdown both show, each in its own form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from api_platform.plan.aws_changes import AwsChange, Impact
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.fields import FieldChange
from api_platform.plan.object_changes import Action, ObjectChange
from api_platform.plan.risks import Danger, Risk

_MARKS: Mapping[Action | Impact, str] = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.MOVE: "~",
    Action.APPLY: "~",
    Action.DELETE: "-",
    Action.LEAVE: "!",
    Impact.CREATE: "+",
    Impact.UPDATE: "~",
    Impact.REPLACE: "±",
    Impact.MAY_REPLACE: "±",
    Impact.DESTROY: "-",
    Impact.LEAVE: "!",
    Impact.IMPORT: "+",
}


@dataclass(frozen=True)
class OutlineEntry:
    """One thing under a heading."""

    mark: str
    """`+` comes, `~` changes, `±` is replaced, `-` goes, `!` stays behind; empty for a risk."""
    title: str
    texts: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class OutlineSection:
    """A heading, and what is under it."""

    title: str
    entries: tuple[OutlineEntry, ...]
    danger: Danger | None = None
    """Of which kind of risk it is; None where it lists changes."""


def outline(plan: DeployPlan) -> Iterator[OutlineSection]:
    """Yield the risks, the worst first; then the objects and the resources, stack by stack, with every field."""
    for danger, risks in groupby(plan.risks, key=lambda risk: risk.danger):
        title = danger.value[0].upper() + danger.value[1:]
        yield OutlineSection(title, tuple(_of_risks(list(risks))), danger)
    for stack, objects in _by_stack(plan):
        yield OutlineSection(f"Kubernetes objects of {stack}" if stack else "Kubernetes objects", objects)
    for stack, changes in groupby(plan.changes.aws.resources, key=lambda change: change.stack):
        yield OutlineSection(f"AWS resources of {stack}", tuple(_of_resource(change) for change in changes))


def _of_risks(risks: list[Risk]) -> Iterator[OutlineEntry]:
    """Yield the risks; what several in a row have in common is said once, after the last of them."""
    for risk, following in zip(risks, [*risks[1:], None], strict=True):
        texts = _texts(risk)
        yield OutlineEntry(
            "", f"{risk.subject}: {risk.value}", () if following and _texts(following) == texts else texts
        )


def _texts(risk: Risk) -> tuple[str, ...]:
    return tuple(text for text in (risk.consequence, f"Way out: {risk.remedy}" if risk.remedy else "") if text)


def _by_stack(plan: DeployPlan) -> Iterator[tuple[str, tuple[OutlineEntry, ...]]]:
    stacks: dict[str, list[ObjectChange]] = {}
    for change in plan.changes.objects:
        held, side = (change.after, plan.changes.after) if change.after else (change.before, plan.changes.before)
        stacks.setdefault(side.path_of(held.stack) if held else "", []).append(change)
    for stack, changes in stacks.items():
        yield stack, tuple(_of_object(change) for change in changes)


def _of_object(change: ObjectChange) -> OutlineEntry:
    said = "" if change.action in (Action.CREATE, Action.UPDATE) else f" ({change.action.value})"
    return OutlineEntry(_MARKS[change.action], f"{change.key}{said}", fields=change.fields)


def _of_resource(change: AwsChange) -> OutlineEntry:
    return OutlineEntry(_MARKS[change.impact], str(change), fields=change.fields)
