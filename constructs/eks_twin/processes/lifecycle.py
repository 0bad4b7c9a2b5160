"""Starts a twin's supervisor, waits for its programs, stops it."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from eks_twin.errors import TwinError, command
from eks_twin.home import Home
from eks_twin.processes.child import GRACE_SECONDS
from eks_twin.processes.files import last_lines
from eks_twin.processes.leftovers import clean_up, is_supervised, leftovers
from eks_twin.processes.program import MARK, Program, folder_of_requests, mark, request
from eks_twin.processes.record import read_record

_START_SECONDS = 15.0
_GLANCE_SECONDS = 0.02


def start_supervisor(home: Home, stop_with: int | None = None) -> None:
    """Start the supervisor of a twin that does not run, with nothing to do yet; return when its record is there.

    `stop_with`: a process id; the twin ends with that process. Default: it runs until `stop`. Raises TwinError where
    the twin runs already, or a crashed one has left something running (see `clean_up`).
    """
    _refuse_another(home)
    home.make()
    shutil.rmtree(folder_of_requests(home), ignore_errors=True)
    folder_of_requests(home).mkdir()
    home.record.unlink(missing_ok=True)
    command = [sys.executable, "-m", "eks_twin.processes", mark(home)]
    log_file = home.logs / "supervisor.log"
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [*command, *(["--stop-with", str(stop_with)] if stop_with else [])],
            env={**os.environ, MARK: mark(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay behind as a zombie of ours
    if not _within(_START_SECONDS, lambda: is_supervised(home) or process.returncode is not None) or process.returncode:
        raise TwinError(f"The twin's supervisor did not start. The end of {log_file}:\n{last_lines(log_file)}")


def run_program(home: Home, program: Program) -> None:
    """Have the program run, in place of one of the same name that has other words; return when it was started.

    It may die right after: whoever needs it asks it whether it is ready. Raises TwinError where no supervisor runs.
    """
    if not is_supervised(home):
        raise TwinError(f"{program.name} cannot be started: the twin in {home.folder} is down. Start it first.")
    request(home, program)
    if not _within(_START_SECONDS + GRACE_SECONDS, lambda: _was_started(home, program)):
        raise TwinError(f"The twin's supervisor did not start {program.name}. Look into {home.logs}/supervisor.log.")


def stop(home: Home) -> tuple[str, ...]:
    """End all programs of the twin, the last started first, and return the names of what was stopped.

    Where the supervisor has crashed, ends what it left. Does nothing, and returns nothing, where nothing runs.
    """
    record = read_record(home)
    supervisor = record.supervisor.process() if record else None
    if record is None or supervisor is None:
        return tuple(leftover.name for leftover in clean_up(home))
    names = tuple(name for name, program in record.programs.items() if program.identity)
    supervisor.terminate()
    if not _within(GRACE_SECONDS * (len(record.programs) + 2), lambda: not record.supervisor.lives):
        supervisor.kill()
        _within(GRACE_SECONDS, lambda: not record.supervisor.lives)
    return names + tuple(leftover.name for leftover in clean_up(home) if leftover.name not in names)


def _refuse_another(home: Home) -> None:
    if is_supervised(home):
        raise TwinError(f"The twin in {home.folder} runs already. Use it as it is, or stop it: {command()} down.")
    if found := leftovers(home):
        names = ", ".join(map(str, found))
        raise TwinError(f"A twin that crashed left {names} running. Clean up first: {command()} down.")


def _was_started(home: Home, program: Program) -> bool:
    record = read_record(home)
    running = record.programs.get(program.name) if record else None
    if running is None or running.fingerprint != program.fingerprint:
        return False
    return running.identity is not None or running.exit is not None


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    """Whether it happened before the time was over."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(_GLANCE_SECONDS)
    return True
