"""One program under the supervisor: started, watched, started again when it dies."""

import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from eks_twin.home import Home
from eks_twin.processes.identity import Identity, identity_of
from eks_twin.processes.program import Program, environment_of
from eks_twin.processes.record import Running

FIRST_DELAY_SECONDS = 0.2
"""Between a death and the next start. It doubles with each death that follows, up to the longest."""
LONGEST_DELAY_SECONDS = 5.0
_CALM_SECONDS = 30.0
"""After so long a life a death counts as the first."""
GRACE_SECONDS = 5.0
"""Between SIGTERM and SIGKILL."""
_CANNOT_START = 127
"""A shell's exit code for a command that cannot be run."""


class Child:
    """A program that the supervisor runs."""

    def __init__(self, program: Program, home: Home) -> None:
        self.program = program
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        self._identity: Identity | None = None
        self._starts = 0
        self._exit: int | None = None
        self._deaths_in_a_row = 0
        self._started = 0.0
        self._next_start = 0.0

    @property
    def running(self) -> Running:
        """What the record says of it."""
        return Running(
            fingerprint=self.program.fingerprint,
            identity=self._identity,
            restarts=max(0, self._starts - 1),
            exit=self._exit,
            ports=self.program.ports,
        )

    def tend(self) -> bool:
        """Notice a death, and start the program where it is down and its delay is over. Return whether that changed."""
        if self._process is not None:
            return self._reap()
        is_due = self._starts == 0 or (self.program.restart and time.monotonic() >= self._next_start)
        if is_due:
            self._start()
        return is_due

    def stop(self) -> None:
        """End it: SIGTERM, then SIGKILL after the grace. Returns when it is gone."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._note(f"still runs {GRACE_SECONDS:.0f} s after SIGTERM: killed")
            self._process.kill()
            self._process.wait()
        self._reap()

    def _start(self) -> None:
        self._starts += 1
        self._started = time.monotonic()
        self._note(f"start {self._starts}" if self._exit is None else f"start {self._starts}, after exit {self._exit}")
        self.program.folder.mkdir(parents=True, exist_ok=True)
        try:
            with self._log_file.open("ab") as log:
                self._process = subprocess.Popen(
                    self.program.command,
                    cwd=self.program.folder,
                    env=environment_of(self.program, self._home),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
        except OSError as error:
            self._note(f"cannot be started: {error}")
            self._has_died(_CANNOT_START)
            return
        self._identity = identity_of(self._process.pid)

    def _reap(self) -> bool:
        status = self._process.poll() if self._process else None
        if status is None:
            return False
        self._has_died(status)
        return True

    def _has_died(self, status: int) -> None:
        self._process, self._identity, self._exit = None, None, status
        calm = time.monotonic() - self._started > _CALM_SECONDS
        self._deaths_in_a_row = 1 if calm else self._deaths_in_a_row + 1
        self._next_start = time.monotonic() + delay_after(self._deaths_in_a_row)

    def _note(self, what: str) -> None:
        """Write a line of ours into the program's log, where somebody who reads why it died will look."""
        with self._log_file.open("a") as log:
            log.write(f"--- {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {self.program.name}: {what}\n")

    @property
    def _log_file(self) -> Path:
        return self._home.logs / f"{self.program.name}.log"


def delay_after(deaths: int) -> float:
    """Return the seconds to wait after so many deaths in a row, the first being 1."""
    return float(min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (deaths - 1)))
