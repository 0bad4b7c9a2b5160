"""A plan in a terminal, of whatever width."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from api_platform.paragraphs import print_paragraph
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.fields import FieldChange
from api_platform.plan.output.field_text import is_short, long_text, short_text
from api_platform.plan.output.outline import OutlineEntry, OutlineSection, outline
from api_platform.plan.output.summary import nothing_changes, summary
from api_platform.plan.risks import Danger

_STYLES = {
    Danger.FAILS: "bold red",
    Danger.REMOVES: "bold red",
    Danger.WEAKENS: "bold magenta",
    Danger.RESTARTS: "bold yellow",
    Danger.SCALES: "bold yellow",
    None: "bold",
}
_HANGING = 2
_MARKS = {"+": "green", "~": "yellow", "±": "red", "-": "red", "!": "magenta"}


def show_in_terminal(plans: Sequence[DeployPlan], console: Console) -> None:
    """Print the plans: one line where none changes anything."""
    if all(plan.is_empty for plan in plans):
        _print(console, Text(nothing_changes(plans)), 0)
        return
    for number, plan in enumerate(plans):
        first, *rest = summary(plan)
        if number:
            console.print()
        _print(console, Text(first, style="bold"), 0)
        for line in rest:
            _print(console, Text(line), 2)
        for section in outline(plan):
            _show_section(console, section)


def _show_section(console: Console, section: OutlineSection) -> None:
    console.print()
    _print(console, Text(section.title, style=_STYLES[section.danger]), 0)
    for entry in section.entries:
        _show_entry(console, entry)


def _show_entry(console: Console, entry: OutlineEntry) -> None:
    title = Text(f"{entry.mark} " if entry.mark else "", style=_MARKS.get(entry.mark, ""))
    _print(console, title + Text(entry.title, style="" if entry.mark else "bold"), 2)
    for text in entry.texts:
        _print(console, Text(text), 4)
    for field in entry.fields:
        _show_field(console, field)


def _show_field(console: Console, field: FieldChange) -> None:
    if field.is_order:
        _print(console, Text(f"{field.place}: other order: {', '.join(map(str, field.after))}"), 6)
    elif is_short(field):
        _print(console, Text(short_text(field)), 6)
    else:
        _print(console, Text(f"{field.place}:"), 6)
        for line in long_text(field):
            _print(console, Text(line, style={"+": "green", "-": "red"}.get(line[:1], "dim")), 8)


def _print(console: Console, text: Text, indent: int) -> None:
    print_paragraph(console, text, indent=indent, hanging=_HANGING)
