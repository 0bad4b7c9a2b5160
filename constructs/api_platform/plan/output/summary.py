"""The first lines of a plan: what somebody reads who reads no further."""

from collections.abc import Iterator, Sequence

from api_platform.plan.aws_changes import Impact
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.risks import Danger

_AWS: dict[Impact, str] = {
    Impact.CREATE: "new",
    Impact.IMPORT: "imported",
    Impact.UPDATE: "changed",
    Impact.MAY_REPLACE: "perhaps replaced",
    Impact.REPLACE: "replaced",
    Impact.DESTROY: "deleted",
    Impact.LEAVE: "left behind",
}


def nothing_changes(plans: Sequence[DeployPlan]) -> str:
    """Return the one line of plans that are all empty."""
    notes = dict.fromkeys(note for plan in plans for note in plan.notes)
    return " ".join(
        [f"{', '.join(plan.environment for plan in plans)} against {plans[0].against}: nothing changes.", *notes]
    )


def summary(plan: DeployPlan) -> list[str]:
    """Return the verdict, the counts and the notes, a line each."""
    if plan.is_empty:
        return [nothing_changes([plan])]
    return [f"{plan.environment} against {plan.against}: {_verdict(plan)}", *_counts(plan), *plan.notes]


def _verdict(plan: DeployPlan) -> str:
    return "look again before you deploy this." if plan.needs_second_look else "changes."


def _counts(plan: DeployPlan) -> Iterator[str]:
    if dangers := [f"{danger.value}: {plan.dangers[danger]}" for danger in Danger if plan.dangers[danger]]:
        yield f"Risks: {'; '.join(dangers)}."
    if plan.actions:
        yield f"Kubernetes objects: {', '.join(f'{count} {action.value}' for action, count in plan.actions.items())}."
    impacts = [change.impact for change in plan.changes.aws.resources]
    if impacts:
        counts = [f"{impacts.count(impact)} {words}" for impact, words in _AWS.items() if impact in impacts]
        yield f"AWS resources: {', '.join(counts)}."
    if plan.changes.left_stacks:
        yield f"Stacks left behind: {', '.join(plan.changes.left_stacks)}."
