"""Programs of a line or two, for the tests of what starts, watches and ends programs."""

import contextlib
import os
import sys
import time
from collections.abc import Callable

from eks_twin.home import Home
from eks_twin.processes import Program, read_record

SLEEPS = "import time; time.sleep(600)"
IGNORES_SIGTERM = "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
NOTES_ITS_END = """
import signal, sys, time
def note(*_):
    with open('../ends', 'a') as ends: ends.write(sys.argv[1] + ' ')
    sys.exit(0)
signal.signal(15, note)
print('ready', flush=True)
time.sleep(600)
"""


def program(home: Home, name: str = "sleeper", code: str = SLEEPS, **changes: object) -> Program:
    """Return a program that sleeps, but for what the test changes."""
    facts: dict[str, object] = {"command": (sys.executable, "-c", code, name), "folder": home.of(name)} | changes
    return Program(name=name, **facts)  # type: ignore[arg-type]  # a test's own words


def pid_of(home: Home, name: str = "sleeper") -> int:
    """Return the number under which the program runs; 0 while it is down."""
    record = read_record(home)
    running = record.programs.get(name) if record else None
    return running.identity.pid if running and running.identity else 0


def restarts_of(home: Home, name: str = "sleeper") -> int:
    """Return how often the program was started again."""
    record = read_record(home)
    return record.programs[name].restarts if record and name in record.programs else 0


def log_of(home: Home, name: str = "sleeper") -> str:
    """Return the program's log so far."""
    file = home.logs / f"{name}.log"
    return file.read_text() if file.exists() else ""


def exists(pid: int) -> bool:
    """Whether somebody has the number, a zombie of ours apart."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def soon(happened: Callable[[], object], seconds: float = 30) -> bool:
    """Whether it happens before so many seconds are over."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
