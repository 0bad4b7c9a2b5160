"""The lock on a twin's folder, which its supervisor holds while it lives, however it dies."""

import fcntl
import os
import time

from eks_twin.errors import TwinError, command
from eks_twin.home import Home

_PATIENCE_SECONDS = 1.0
"""Somebody who only looks whether it is held holds it for an instant."""


def hold(home: Home) -> None:
    """Take the lock until this process is gone for good. Raises TwinError where another one has it."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    descriptor = os.open(home.of("supervisor.lock"), os.O_RDWR | os.O_CREAT, 0o600)  # a file object would close itself
    while not _take(descriptor, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            os.close(descriptor)
            raise TwinError(f"{home.folder}: another supervisor runs this twin. Stop it first: {command()} down.")
        time.sleep(0.05)


def is_held(home: Home) -> bool:
    """Whether a supervisor has the folder."""
    try:
        with home.of("supervisor.lock").open() as file:
            return not _take(file.fileno(), fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _take(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
