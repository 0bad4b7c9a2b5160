"""What the words of the `eks-twin` command do. A command that has the twin inside calls these, too."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eks_twin.aws_clients import variables
from eks_twin.binaries import (
    CONTROL_PLANE,
    Family,
    find_binaries,
    find_custom_resource_definitions,
    shown_steps,
)
from eks_twin.deployment.view import render
from eks_twin.errors import InputError, command
from eks_twin.extension import Extension
from eks_twin.home import Home
from eks_twin.logs import follow, tail
from eks_twin.snapshot import look
from eks_twin.status import program_rows
from eks_twin.timings import Timings
from eks_twin.twin import Twin, open_twin
from eks_twin.up import Wanted, down, up


def up_command(home: Home, wanted: Wanted) -> None:
    """Bring the twin up, and say how to look around."""
    with shown_steps() as progress:
        twin, timings = up(home, wanted, say=say, progress=progress)
    say(_summary(twin, timings))


def status_command(home: Home) -> int:
    """Show programs, stacks and workloads. Returns 1 where one is not as it should be."""
    twin, console = open_twin(home), Console()
    programs = Table("program", "process", "memory", "restarts", "", box=None, header_style="bold")
    rows = program_rows(home)
    for cluster in home.clusters:
        rows += [replace(row, name=f"{cluster.name}/{row.name}") for row in program_rows(home.of_cluster(cluster))]
    for row in rows:
        programs.add_row(row.name, row.process, row.memory, str(row.restarts), row.state)
    console.print(programs)
    snapshot = look(twin)
    console.print(render(snapshot))
    well = all(row.runs for row in rows) and not any(stack.has_failed for stack in snapshot.stacks)
    return 0 if rows and snapshot.stacks and well and all(one.is_ready for one in snapshot.workloads) else 1


@dataclass(frozen=True)
class Log:
    """One program's log."""

    program: str
    """With its cluster before it where it is a cluster's: `production-api-platform/etcd`."""
    file: Path


def logs_command(home: Home, program: str | None, lines: int, *, following: bool) -> None:
    """Print the end of a program's log; without one, the names of those that have a log. Raises InputError."""
    found = [Log(file.stem, file) for file in sorted(home.logs.glob("*.log"))]
    for cluster in home.clusters:
        folder = home.of_cluster(cluster).logs
        found += [Log(f"{cluster.name}/{file.stem}", file) for file in sorted(folder.glob("*.log"))]
    if program is None:
        print("\n".join(log.program for log in found))
        return
    chosen = [log for log in found if program in (log.program, log.program.rpartition("/")[2])]
    if len(chosen) != 1:
        known = ", ".join(log.program for log in found) or "none"
        raise InputError(f"{'no' if not chosen else 'more than one'} program is named {program!r}. Known: {known}.")
    print(tail(chosen[0].file, lines))
    if following:
        follow(chosen[0].file, print)


def kubeconfig_command(home: Home, cluster: str | None) -> None:
    """Print the path of a cluster's kubeconfig. Raises InputError where it is not clear which is meant."""
    print(open_twin(home).kubeconfig(cluster))


def env_command(home: Home, account: str | None) -> None:
    """Print what a shell needs so that a plain `cdk deploy` goes to the twin, for `eval`. Raises InputError.

    `account`: as whom; the CDK CLI reaches the others from there. Default: the app's first.
    """
    twin = open_twin(home)
    places = [place for place in twin.places if account in (None, place.account)]
    if not places:
        known = ", ".join(sorted({place.account for place in twin.places}))
        raise InputError(f"the app has no account {account}. Known: {known}.")
    print("unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_DEFAULT_REGION")
    for name, value in {**variables(twin.endpoint, places[0]), "CDK_HOME": str(home.of("cdk"))}.items():
        print(f"export {name}={shlex.quote(value)}")
    if len(home.clusters) == 1:
        print(f"export KUBECONFIG={shlex.quote(str(twin.kubeconfig()))}")


def binaries_command(extension: Extension, names: Sequence[str]) -> None:
    """Build what the twin runs, and print where each program lies.

    `names`: of families. Default: the control plane's, and what runs in the place of charts. Raises InputError.
    """
    natives = {native.family.name: native.family for native in extension.natives}
    known: dict[str, Family] = {family.name: family for family in CONTROL_PLANE} | natives | dict(extension.families)
    if unknown := set(names) - known.keys():
        raise InputError(f"there is nothing to build of the name {min(unknown)!r}. Known: {', '.join(known)}.")
    with shown_steps() as progress:
        found = dict(find_binaries([known[name] for name in names or known], progress=progress))
        if extension.definitions:
            found |= find_custom_resource_definitions(extension.definitions, progress=progress)
    for name, path in found.items():
        print(f"{name:<25}{path}")


def down_command(home: Home) -> None:
    """End the twin and remove its folder."""
    ended = down(home)
    say(f"Ended {', '.join(ended)}." if ended else "There was no twin.")


def say(text: str) -> None:
    """Tell the user; what a script reads goes to stdout."""
    print(text, file=sys.stderr)


def _summary(twin: Twin, timings: Timings) -> str:
    parts = "\n".join(f"{seconds:7.1f} s  {part}" for part, seconds in [*timings.parts, ("total", timings.total)])
    clusters = twin.home.clusters
    exports = [f"  export KUBECONFIG={twin.home.of_cluster(cluster).kubeconfig}" for cluster in clusters]
    return "\n".join(
        [
            parts,
            "",
            f"Up, and all workloads are Ready: {', '.join(cluster.name for cluster in clusters) or 'no cluster'}.",
            "To look around:",
            *exports,
            "  kubectl get pods -A",
            f"  {command()} status",
            f"To end it: {command()} down",
        ]
    )
