"""A plan as Markdown: what a pull request or an approval shows."""

from collections.abc import Iterator, Sequence

from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.fields import FieldChange
from api_platform.plan.output.field_text import is_short, long_text, short_text
from api_platform.plan.output.outline import outline
from api_platform.plan.output.summary import nothing_changes, summary


def to_markdown(plans: Sequence[DeployPlan]) -> str:
    """Return the plans: one line where none changes anything."""
    if all(plan.is_empty for plan in plans):
        return nothing_changes(plans) + "\n"
    return "\n".join(line for plan in plans for line in _plan(plan))


def _plan(plan: DeployPlan) -> Iterator[str]:
    first, *rest = summary(plan)
    yield from (f"## {first}", "", *(f"- {line}" for line in rest), "")
    for section in outline(plan):
        yield from (f"### {section.title}", "")
        for entry in section.entries:
            yield f"- {f'`{entry.mark}` ' if entry.mark else ''}**{entry.title}**"
            yield from (f"  - {text}" for text in entry.texts)
            for field in entry.fields:
                yield from _field(field)
        yield ""


def _field(field: FieldChange) -> Iterator[str]:
    if field.is_order:
        yield f"  - `{field.place}`: other order: {', '.join(map(str, field.after))}"
    elif is_short(field):
        yield f"  - `{short_text(field)}`"
    else:
        lines = long_text(field)
        fence = "`" * (3 + max((line.count("`") for line in lines), default=0))
        yield from (f"  - `{field.place}`:", "", f"    {fence}diff", *(f"    {line}" for line in lines), f"    {fence}")
