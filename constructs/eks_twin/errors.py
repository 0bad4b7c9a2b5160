"""What a user of the twin is meant to see when it cannot go on."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

COMMAND_VARIABLE = "EKS_TWIN_COMMAND"
"""Environment variable that holds the command by which a user reaches the twin. Default: `eks-twin`."""


class TwinError(Exception):
    """The twin cannot do what was asked: a program died, a port was taken, a deployment failed.

    The message says what, where, and the way out. The command prints it as it is, without a traceback, and exits 1.
    """


class InputError(Exception):
    """Something that a person wrote is wrong: an app, a template, or a command's words.

    The message says what, where, the rule and the way out. The command prints it as it is, and exits 2.
    """


def nearest(word: str, known: Sequence[str]) -> str:
    """Say what somebody who wrote `word` may have meant: the nearest of `known`, or all where none is near."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(known)) or 'none'}."


def shown(path: Path) -> str:
    """Return the path as a message names it: from the current directory, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def command() -> str:
    """Return what a user types to reach the twin, for messages. A command that has it inside names itself here."""
    return os.environ.get(COMMAND_VARIABLE, "eks-twin")
