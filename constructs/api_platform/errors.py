"""The one exception that a user of the platform is meant to see."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path


class InputError(Exception):
    """Something that a person wrote is wrong: a file, a spec, or a command's words.

    The message says what, where, the rule and the way out. Every entry point prints it as it is,
    without a traceback; `api-platform` then exits 2.
    """


def nearest(word: str, known: Sequence[str]) -> str:
    """Say what somebody who wrote `word` may have meant: a hint that ends a message.

    Names the nearest of `known`, or all of them where none is near.
    """
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(sorted(known)) or 'none'}."


def shown(path: Path) -> str:
    """Return the path as a message names it: from the current directory, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
