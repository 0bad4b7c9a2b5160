"""What a terminal shows: progress while scenarios run, a table at the end."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as RichProgress
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from eks_twin.errors import shown
from eks_twin.proof.quantities import duration
from eks_twin.proof.report import write_report
from eks_twin.proof.result import Result, Verdict
from eks_twin.proof.scenario import Scenario
from eks_twin.proof.setting import Setting

_STYLES = {Verdict.HELD: "green", Verdict.FAILED: "bold red", Verdict.LEFT_OUT: "dim"}
_COUNTED_AS = {Verdict.HELD: "passed", Verdict.FAILED: "failed", Verdict.LEFT_OUT: "skipped"}


class PlainProgress:
    """A line for each thing that happens: for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def started(self, scenario: Scenario[Any]) -> None:
        """Print that a scenario begins."""
        self._print(f"{scenario.name}: begins")

    def ended(self, result: Result) -> None:
        """Print what became of a scenario."""
        self._print(": ".join([f"{result.name}: {result.verdict} ({duration(result.seconds)})", *result.reasons]))

    def _print(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)


class LiveProgress:
    """A line for each scenario, the running one with its seconds."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._lines: dict[str, TaskID] = {}

    def started(self, scenario: Scenario[Any]) -> None:
        """Show a line for a scenario."""
        self._lines[scenario.name] = self._bars.add_task(scenario.name, total=1)

    def ended(self, result: Result) -> None:
        """Show what became of a scenario."""
        verdict = Text(result.verdict, style=_STYLES[result.verdict]).markup
        self._bars.update(self._lines[result.name], description=f"{result.name}  {verdict}", completed=1)


@contextmanager
def progress(console: Console | None = None) -> Iterator[PlainProgress | LiveProgress]:
    """Show progress on stderr, or on the console given: live on a terminal, as plain lines elsewhere."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield PlainProgress(console)
        return
    text = TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1))
    with RichProgress(
        SpinnerColumn(finished_text=" "), text, TimeElapsedColumn(), console=console, expand=True
    ) as bars:
        yield LiveProgress(bars)


def conclude(results: Sequence[Result], setting: Setting, folder: Path, console: Console | None = None) -> int:
    """Write the report, print the table on stdout, or on the console given. Returns 1 if any scenario failed, else 0.

    The last line is `N passed, N failed`, with `, N skipped` where any was left out.
    """
    page = write_report(results, setting, folder)
    console = console or Console(file=sys.stdout)
    console.print(_table(results))
    for line in (f"The page: {shown(page)}", closing_line(results)):
        console.print(Text(line), soft_wrap=True)
    return int(any(result.verdict is Verdict.FAILED for result in results))


def closing_line(results: Sequence[Result]) -> str:
    """Return how many scenarios passed, failed and were skipped, the last only where any was."""
    counts = {verdict: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    told = [verdict for verdict in Verdict if counts[verdict] or verdict is not Verdict.LEFT_OUT]
    return ", ".join(f"{counts[verdict]} {_COUNTED_AS[verdict]}" for verdict in told)


def _table(results: Sequence[Result]) -> Table:
    table = Table("scenario", "verdict", Column("measured", overflow="fold"), Column("time", justify="right"))
    for column in (table.columns[0], table.columns[1], table.columns[3]):
        column.no_wrap = True
    for result in results:
        verdict = Text(result.verdict, style=_STYLES[result.verdict])
        table.add_row(Text(result.name), verdict, Text(_measured(result)), Text(duration(result.seconds)))
    return table


def _measured(result: Result) -> str:
    return "\n".join(result.reasons or map(str, result.key_figures))
