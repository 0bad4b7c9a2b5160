"""Shows steps to a person: a table that lives on a terminal, plain lines elsewhere; always on stderr."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Column, Table
from rich.text import Text

from eks_twin.binaries.step import Progress, Step

MARKS: Final = {"running": ("•", "yellow"), "done": ("✓", "green"), "failed": ("✗", "red")}

QUIET_SECONDS: Final = 30.0
"""Without a terminal, how often a step that goes on says so: a CI job that is silent for long gets killed."""


@contextmanager
def shown_steps(console: Console | None = None) -> Iterator[Progress]:
    """Give a callback that shows each step it gets. Shows nothing until it gets one."""
    console = console or Console(file=sys.stderr)
    if not console.is_terminal:
        yield Lines(console)
        return
    table = LiveTable(console)
    try:
        yield table
    finally:
        table.stop()


class Lines:
    """A line when a step begins, when it ends, and now and then in between."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._lock = threading.Lock()
        self._said: dict[str, tuple[float, str]] = {}

    def __call__(self, step: Step) -> None:
        """Write a line, if the step is at something new."""
        with self._lock:
            last, phase = self._said.get(step.name, (-QUIET_SECONDS, ""))
            if phase_of(step) != phase or step.seconds - last >= QUIET_SECONDS:
                self._said[step.name] = (step.seconds, phase_of(step))
                self.console.print(plain(step), markup=False, highlight=False, soft_wrap=True)


def phase_of(step: Step) -> str:
    """Return what changes a few times in a step's life only, however many packages pass by."""
    if step.state != "running" or not (step.total or step.doing.startswith("fetching ")):
        return step.doing
    return "compiling" if step.total else "fetching"


def plain(step: Step) -> str:
    """Write the step as one line: `etcd: compiling go.etcd.io/bbolt (12 of 214, 9 s)`."""
    count = f"{step.finished} of {step.total}, " if step.total else ""
    return f"{step.name}: {step.doing} ({count}{step.seconds:.0f} s)"


class LiveTable:
    """One row for each step, redrawn in place. Its seconds run on while nothing is reported."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[Step, float | None]] = {}
        self._live = Live(get_renderable=self.table, console=console, refresh_per_second=4)

    def __call__(self, step: Step) -> None:
        """Take the step's row over, or begin one."""
        with self._lock:
            self._rows[step.name] = (step, None if step.state == "running" else step.seconds)
            if not self._live.is_started:
                self._live.start()

    def stop(self) -> None:
        """Leave the last state on the terminal."""
        if self._live.is_started:
            self._live.stop()

    def table(self) -> Table:
        """Draw. On a narrow terminal, what a step is doing is cut short."""
        doing = Column(ratio=1, no_wrap=True, overflow="ellipsis")
        bar = Column(width=min(24, self.console.width // 6))
        count, seconds = (Column(justify="right", no_wrap=True) for _ in range(2))
        table = Table.grid(Column(), Column(no_wrap=True), doing, bar, count, seconds, padding=(0, 1), expand=True)
        with self._lock:
            rows = list(self._rows.values())
        for step, ended in rows:
            mark, colour = MARKS[step.state]
            under_way = step.total and step.state == "running"
            table.add_row(
                Text(mark, style=colour),
                Text(step.name, style="bold"),
                Text(step.doing, style="" if step.state == "running" else colour),
                ProgressBar(step.total, step.finished) if under_way else "",
                f"{step.finished}/{step.total}" if under_way else "",
                f"{step.seconds if ended is None else ended:.0f} s",
            )
        return table
