"""What `api-platform twin` does."""

import sys
from collections.abc import Sequence
from pathlib import Path

from eks_twin.binaries.progress import shown_steps
from eks_twin.deployment.snapshot import look
from eks_twin.deployment.view import render
from eks_twin.home import Home
from eks_twin.logs import follow, tail
from eks_twin.processes.leftovers import leftovers
from eks_twin.status import program_rows
from eks_twin.timings import Timings
from eks_twin.twin import Twin, open_twin
from eks_twin.up import Wanted, down, up
from rich.console import Console
from rich.table import Table

from api_platform.errors import InputError
from api_platform.proof.prove import prove


def up_command(folder: Path | None, wanted: Wanted) -> None:
    """Bring the twin up, and say how to look around."""
    with shown_steps() as progress:
        built, timings = up(_home(folder), wanted, say=_say, progress=progress)
    _say(_summary(built, timings))


def status_command(folder: Path | None) -> int:
    """Show programs, stacks and workloads. Returns 1 where one is not as it should be."""
    twin, console = open_twin(_home(folder)), Console()
    programs = Table("program", "process", "memory", "restarts", "", box=None, header_style="bold")
    rows = program_rows(twin.home)
    for row in rows:
        programs.add_row(row.name, row.process, row.memory, str(row.restarts), row.state)
    console.print(programs)
    snapshot = look(twin.clients, twin.cluster, prefix=f"{twin.environment.name}-", namespace=twin.namespace)
    console.print(render(snapshot))
    well = all(row.runs for row in rows) and not any(stack.has_failed for stack in snapshot.stacks)
    return 0 if rows and snapshot.workloads and well and all(one.is_ready for one in snapshot.workloads) else 1


def logs_command(folder: Path | None, program: str | None, lines: int, *, following: bool) -> None:
    """Print the end of a program's log; without one, the names of those that have a log."""
    logs = _home(folder).logs
    known: Sequence[str] = sorted(path.stem for path in logs.glob("*.log"))
    if program is None:
        print("\n".join(known))
        return
    if program not in known:
        raise InputError(f"no program of the twin is named {program!r}. Known: {', '.join(known) or 'none'}.")
    print(tail(logs / f"{program}.log", lines))
    if following:
        follow(logs / f"{program}.log", print)


def kubeconfig_command(folder: Path | None) -> None:
    """Print the path of the twin's kubeconfig."""
    print(open_twin(_home(folder)).home.kubeconfig)


def proof_command(names: Sequence[str]) -> int:
    """Run the scenarios, and write the page. Returns 1 where one fails."""
    with shown_steps() as steps:
        return prove(names, say=_say, steps=steps)


def down_command(folder: Path | None) -> None:
    """End the twin and remove its folder."""
    home = _home(folder)
    found = [str(leftover) for leftover in leftovers(home)]
    ended = found or down(home)
    down(home)
    _say(f"Ended {', '.join(ended)}." if ended else "There was no twin.")


def _home(folder: Path | None) -> Home:
    return Home(folder.resolve()) if folder else Home()


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _summary(built: Twin, timings: Timings) -> str:
    parts = "\n".join(f"{seconds:7.1f} s  {part}" for part, seconds in [*timings.parts, ("total", timings.total)])
    return f"""{parts}

{built.environment.name} is up, and all workloads are Ready. To look around:
  export KUBECONFIG={built.home.kubeconfig}
  kubectl get pods -n {built.namespace}
  api-platform twin status
To end it: api-platform twin down"""
