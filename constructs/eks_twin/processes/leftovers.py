"""Finds what a crashed twin left running, and ends it. Nothing else is ever ended."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import psutil

from eks_twin.home import Home
from eks_twin.processes.child import GRACE_SECONDS
from eks_twin.processes.lock import is_held
from eks_twin.processes.program import MARK, mark
from eks_twin.processes.record import Record, read_record

_UNREADABLE = (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess, OSError)
_LAST_MOMENT_SECONDS = 3.0


@dataclass(frozen=True)
class Leftover:
    """A process of a twin whose supervisor is gone."""

    name: str
    pid: int
    """At the time when it was found."""

    def __str__(self) -> str:
        return f"{self.name} (process {self.pid})"


def is_supervised(home: Home) -> bool:
    """Whether the twin's supervisor runs."""
    record = read_record(home)
    return record is not None and record.supervisor.lives


def clean_up(home: Home) -> tuple[Leftover, ...]:
    """End what a crashed twin left running, forget its record, and return what was found.

    Does nothing to a twin whose supervisor runs: that one is stopped by `stop`.
    """
    if is_supervised(home):
        return ()
    _let_it_end(home)
    found = _leftovers(home)
    end_all(found.values())
    home.record.unlink(missing_ok=True)
    return tuple(Leftover(name, process.pid) for name, process in found.items())


def leftovers(home: Home) -> tuple[Leftover, ...]:
    """Return what a crashed twin left running, without touching it; nothing while its supervisor runs."""
    if is_supervised(home):
        return ()
    _let_it_end(home)
    return tuple(Leftover(name, process.pid) for name, process in _leftovers(home).items())


def others_of_group(group: int) -> list[psutil.Process]:
    """Return the group's living processes but for this one."""
    return [process for process in _ours() if _group_of(process.pid) == group]


def end_all(processes: Iterable[psutil.Process]) -> None:
    """End the processes: SIGTERM, then SIGKILL after the grace. psutil refuses where a number was reused meanwhile."""
    living = list(processes)
    for process in living:
        _signal(process, kill=False)
    _, stubborn = psutil.wait_procs(living, timeout=GRACE_SECONDS)
    for process in stubborn:
        _signal(process, kill=True)
    psutil.wait_procs(stubborn, timeout=GRACE_SECONDS)


def _let_it_end(home: Home) -> None:
    """Wait for a supervisor that is about to end: it removes its record last, but is no leftover then."""
    deadline = time.monotonic() + _LAST_MOMENT_SECONDS
    while not home.record.exists() and is_held(home) and time.monotonic() < deadline:
        time.sleep(0.02)


def _leftovers(home: Home) -> dict[str, psutil.Process]:
    """Return the processes that are surely this twin's, by a name for messages.

    Sure are: a recorded number whose birth agrees; a process that carries the twin's mark; and one of the recorded
    group while a sure one is in it, since then the group's number cannot have gone to somebody else.
    """
    record = read_record(home)
    known = _recorded(record) if record else {}
    group = _group(record, known) if record else None
    numbers = {process.pid for process in known.values()}
    for process in _ours():
        in_group = group is not None and _group_of(process.pid) == group
        if process.pid not in numbers and (in_group or _mark_of(process) == mark(home)):
            known[_label(process)] = process
    return known


def _group(record: Record, known: Mapping[str, psutil.Process]) -> int | None:
    """Return the twin's group while it surely is one: its own, and with a known process in it."""
    is_its_own = record.group == record.supervisor.pid
    return record.group if is_its_own and any(_group_of(one.pid) == record.group for one in known.values()) else None


def _recorded(record: Record) -> dict[str, psutil.Process]:
    programs = {name: running.identity for name, running in record.programs.items()}
    found = {name: identity.process() for name, identity in programs.items() if identity}
    return {name: process for name, process in found.items() if process}


def _ours() -> Iterator[psutil.Process]:
    """Yield this user's living processes, without this one and those it was started by."""
    me = psutil.Process()
    excluded = {me.pid, *(parent.pid for parent in me.parents())}
    for process in psutil.process_iter():
        try:
            is_ours = process.uids().real == os.getuid() and process.status() != psutil.STATUS_ZOMBIE
        except _UNREADABLE:
            continue
        if is_ours and process.pid not in excluded:
            yield process


def _label(process: psutil.Process) -> str:
    try:
        return f"{process.name()}-{process.pid}"
    except _UNREADABLE:
        return f"process-{process.pid}"


def _mark_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)
    except _UNREADABLE:
        return None


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except OSError:
        return None


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except psutil.Error:
        return
