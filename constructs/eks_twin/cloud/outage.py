"""Cuts the twin off from its AWS for a while."""

import os
import signal

from eks_twin.errors import TwinError, command
from eks_twin.home import Home
from eks_twin.processes.record import read_record

CUT_SECONDS = 30.0
"""How long connections are refused."""
AWS = "aws"
"""The program that is the twin's AWS, in the record and in the logs."""


def cut_off(home: Home) -> None:
    """Have the twin's AWS refuse all connections for `CUT_SECONDS`. Raises TwinError where it does not run."""
    record = read_record(home)
    running = record.programs.get(AWS) if record else None
    process = running.identity.process() if running and running.identity else None
    if process is None:
        raise TwinError(f"the twin's AWS does not run in {home.folder}. See: {command()} status")
    os.kill(process.pid, signal.SIGUSR1)
