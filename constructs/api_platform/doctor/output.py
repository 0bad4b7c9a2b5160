"""Shows a report: on a terminal of any width, as Markdown, as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Final

from rich.console import Console
from rich.text import Text

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from api_platform.paragraphs import print_paragraph

_INDENT: Final = 2


def print_terminal(report: HealthReport) -> None:
    """Print it for people. Commands are never broken into lines, so that they can be copied."""
    console = Console(highlight=False)
    console.print(Text(summary(report), style="bold"))
    for diagnosis in report.diagnoses:
        console.print()
        print_paragraph(console, Text.assemble((diagnosis.object, "bold red"), _of(diagnosis)))
        print_paragraph(console, Text(_sentence(diagnosis.what), style="bold"), indent=_INDENT)
        print_paragraph(console, Text(diagnosis.why), indent=_INDENT)
        print_paragraph(console, Text.assemble(("Way out: ", "green"), diagnosis.remedy), indent=_INDENT)
        console.print(Text.assemble(" " * _INDENT, ("$ ", "dim"), (diagnosis.command, "cyan")), soft_wrap=True)
    if report.left_out:
        console.print()
    for sentence in report.left_out:
        print_paragraph(console, Text(f"Left out: {sentence}", style="yellow"))


def to_markdown(report: HealthReport) -> str:
    """Return it for a chat, a ticket, a mail or a summary of a build."""
    lines = [f"**{summary(report)}**"]
    for diagnosis in report.diagnoses:
        lines += [
            "",
            f"### {_code(diagnosis.object)} {_plain(_of(diagnosis))}".rstrip(),
            "",
            _plain(_sentence(diagnosis.what)),
        ]
        lines += ["", f"> {_plain(diagnosis.why)}", "", f"Way out: {_plain(diagnosis.remedy)}"]
        lines += ["", "```sh", diagnosis.command, "```"]
    lines += ["", *(f"- Left out: {_plain(sentence)}" for sentence in report.left_out)] if report.left_out else []
    return "\n".join(lines) + "\n"


def print_json(report: HealthReport) -> None:
    """Print it for programs."""
    print(json.dumps(asdict(report), indent=2))


FORMATS: Final[Mapping[str, Callable[[HealthReport], None]]] = {
    "terminal": print_terminal,
    "markdown": lambda report: print(to_markdown(report), end=""),
    "json": print_json,
}


def summary(report: HealthReport) -> str:
    """Return how much there is to tell, in a line."""
    where = f"{report.service} in {report.environment}" if report.service else report.environment
    count = len(report.diagnoses)
    found = "nothing found" if not count else f"{count} {'finding' if count == 1 else 'findings'}"
    return f"{where}: {found}{', and not all was looked at' if report.left_out and not count else ''}."


def _of(diagnosis: Diagnosis) -> str:
    return "" if diagnosis.subject in diagnosis.object else f"  of {diagnosis.subject}"


def _sentence(what: str) -> str:
    return f"{what[0].upper()}{what[1:]}."


def _plain(text: str) -> str:
    """Return the text with what Markdown or HTML would read in it taken literally, and on one line."""
    for sign in "\\`*_<>[]|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _code(text: str) -> str:
    return f"`{text}`"
