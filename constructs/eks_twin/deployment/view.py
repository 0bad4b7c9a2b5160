"""The live view of a deployment: stacks on one side, workloads on the other."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType

from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table

from eks_twin.deployment.stacks import StackStatus
from eks_twin.deployment.workloads import WorkloadStatus

REFRESH_SECONDS = 0.5


@dataclass(frozen=True)
class Snapshot:
    """What the view shows at one moment."""

    stacks: Sequence[StackStatus] = ()
    workloads: Sequence[WorkloadStatus] = ()


def render(snapshot: Snapshot) -> RenderableType:
    """Return both tables: side by side where the terminal is wide enough, else one below the other."""
    stacks = Table("stack", "status", "resources", box=None, header_style="bold")
    for stack in snapshot.stacks:
        style = "red" if stack.has_failed else "yellow" if stack.is_in_progress else "green"
        stacks.add_row(stack.name, f"[{style}]{stack.status}[/]", str(stack.resources))
    workloads = Table("workload", "Ready", "new", box=None, header_style="bold")
    for workload in snapshot.workloads:
        style = "green" if workload.is_ready else "yellow"
        workloads.add_row(workload.path, f"[{style}]{workload.ready}/{workload.wanted}[/]", str(workload.updated))
    return Columns([stacks, workloads], padding=(0, 3))


def lines(before: Snapshot, now: Snapshot) -> list[str]:
    """Return a line for each thing that changed: the view where there is no terminal."""
    old = {stack.name: stack.status for stack in before.stacks}
    changed = [f"{stack.name}: {stack.status}" for stack in now.stacks if old.get(stack.name) != stack.status]
    ready = {workload.path: workload.is_ready for workload in before.workloads}
    changed += [
        f"{workload.path}: {workload.ready}/{workload.wanted} Ready"
        for workload in now.workloads
        if workload.is_ready and not ready.get(workload.path)
    ]
    return changed


@dataclass
class View(AbstractContextManager["View"]):
    """Shows snapshots while something else works. Draws on a terminal, writes lines elsewhere; always to stderr."""

    look: Callable[[], Snapshot]
    console: Console = field(default_factory=lambda: Console(file=sys.stderr))
    _done: threading.Event = field(default_factory=threading.Event, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    def __enter__(self) -> "View":
        """Start to look."""
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Look once more, and stop."""
        self._done.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        if self.console.is_terminal:
            with Live(console=self.console, refresh_per_second=4, transient=False) as live:
                self._every(lambda _, now: live.update(render(now), refresh=True))
        else:
            self._every(self._print)

    def _print(self, before: Snapshot, now: Snapshot) -> None:
        for line in lines(before, now):
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _every(self, show: Callable[[Snapshot, Snapshot], object]) -> None:
        before = Snapshot()
        while True:
            finished = self._done.is_set()
            now = self.look()
            show(before, now)
            before = now
            if finished:
                return
            started = time.monotonic()
            self._done.wait(max(0.0, REFRESH_SECONDS - (time.monotonic() - started)))
