"""Go, as a program: which one, and how it is run."""

import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from eks_twin.errors import TwinError

SETTINGS: Final = {
    "GOTOOLCHAIN": "local",  # never fetches another Go behind our back
    "GOWORK": "off",
    "GOFLAGS": "",
    "CGO_ENABLED": "0",
}
"""What a caller's environment or `go env -w` could say otherwise, and would build something else by."""

SHOWN_LINES: Final = 15
"""Of a failed run's output, the last lines are shown: Go names the cause at the end."""


class GoFailedError(TwinError):
    """Go ended with an error; the message is what it said."""


class Go:
    """One Go, and what it is running now."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self._running: set[subprocess.Popen[str]] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        is_progress: Callable[[str], bool] = lambda _line: False,
        keep_open: Sequence[int] = (),
    ) -> str:
        """Run Go in a folder; return its output.

        `is_progress` gets each line of its error output as it comes, and says whether it was mere progress. The others
        are the message of the GoFailedError, should there be one. `keep_open`: file descriptors that Go inherits.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            process = self._start(arguments, folder, output.fileno(), keep_open)
            try:
                said = [line.rstrip() for line in process.stderr or () if not is_progress(line.rstrip())]
                failed = process.wait() != 0
            finally:
                self._running.discard(process)
            if failed:
                raise GoFailedError("\n".join(said[-SHOWN_LINES:]) or f"go ended with {process.returncode}")
            output.seek(0)
            return output.read()

    def _start(
        self, arguments: Sequence[str], folder: Path, output: int, keep_open: Sequence[int]
    ) -> subprocess.Popen[str]:
        with self._lock:
            self.raise_if_stopped()
            process = subprocess.Popen(
                [str(self.program), *arguments],
                cwd=folder,
                env=environment(),
                stdout=output,
                stderr=subprocess.PIPE,
                pass_fds=keep_open,
                text=True,
            )
            self._running.add(process)
            return process

    def raise_if_stopped(self) -> None:
        """Raise GoFailedError once nothing more may start."""
        if self._stopped:
            raise GoFailedError("stopped, since something else failed or you asked for it")

    def stop(self) -> None:
        """End what runs, and let nothing more start. What was compiled so far stays in Go's own cache."""
        with self._lock:
            self._stopped = True
            for process in tuple(self._running):
                process.terminate()


def environment() -> dict[str, str]:
    """Return the caller's environment with our settings; a GOROOT in it would be another Go's."""
    return {name: value for name, value in os.environ.items() if name != "GOROOT"} | SETTINGS


def version_of(program: Path) -> tuple[int, ...] | None:
    """Return the version of a Go: (1, 26, 8). None where it does not run, or was built from no release."""
    command = [str(program), "version"]
    try:
        # Not in a folder of a module: there, Go would speak for the version that the module asks for.
        said = subprocess.run(command, cwd="/", env=environment(), capture_output=True, text=True, check=False).stdout
    except OSError:
        return None
    match = re.search(r"\bgo(\d+)\.(\d+)(?:\.(\d+))?", said)
    return tuple(int(part or 0) for part in match.groups()) if match else None
