"""Runs one Python Lambda function in a process of its own, as it is: its files, its handler, its environment."""

import importlib
import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eks_twin.cloud.function_guard import keep_inside


@dataclass(frozen=True)
class FunctionCall:
    """One call of a function."""

    code: Path
    """The folder with the function's files."""
    handler: str
    """`module.function`."""
    event: Mapping[str, Any]
    environment: Mapping[str, str] = field(repr=False)
    """All that it sees: nothing of this machine's own gets through."""
    programs: Path
    """The folder of the programs that it may start."""
    log: Path
    """Takes what the function prints, and its programs."""


def run(call: FunctionCall, answer: Connection) -> None:
    """Call the handler and send what it returns: `(True, value)`, or `(False, message)` when it raises."""
    with call.log.open("a", buffering=1) as log, redirect_stdout(log), redirect_stderr(log):
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        os.environ.clear()
        os.environ.update(call.environment)
        os.chdir(call.code)
        sys.path.insert(0, str(call.code))
        module, function = call.handler.rsplit(".", 1)
        keep_inside(call.programs)
        try:
            answer.send((True, getattr(importlib.import_module(module), function)(dict(call.event), None)))
        except Exception as error:  # noqa: BLE001 - whatever a function raises is its answer
            answer.send((False, message_of(error)))


def message_of(error: Exception) -> str:
    """Return what an exception says. The kubectl handler raises with bytes: what kubectl printed."""
    said = error.args[0] if error.args else ""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(error)
    return text.strip() or type(error).__name__
