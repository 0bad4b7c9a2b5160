"""The commands of the committed pages, with the real names that a reader puts in."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api_platform.environment import ROOT
from api_platform.runbooks.pages import INDEX

FOLDER = ROOT / "docs" / "runbooks"
_BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_ASSIGNMENT = re.compile(r"[a-z_]+=")


@dataclass(frozen=True, order=True)
class PageCommand:
    """One command as it is typed: program first, without a variable in it."""

    words: tuple[str, ...]
    line: str
    """As it stands on the page, with variables."""
    page: str

    def __str__(self) -> str:
        """Return what pytest shows."""
        return f"{self.page}: {' '.join(self.words)}"


@cache
def commands(program: str) -> tuple[PageCommand, ...]:
    """Return all commands of the program, each with the names of every place that the page knows; each once."""
    found = {command.words: command for page in pages() for command in _of_page(page) if command.words[0] == program}
    return tuple(sorted(found.values()))


def pages() -> list[Path]:
    """Return the pages of alerts."""
    return sorted(path for path in FOLDER.glob("*.md") if path.name != INDEX)


def lines(page: Path) -> list[str]:
    """Return every line of every block of shell commands."""
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [line.strip() for block in blocks for line in block.splitlines()]


def places(page: Path) -> list[dict[str, str]]:
    """Return the variables of each line that a reader may copy."""
    copied = [shlex.split(line) for line in lines(page) if _ASSIGNMENT.match(line)]
    return [dict(word.split("=", 1) for word in words) for words in copied]


def resolved(line: str, place: dict[str, str]) -> str:
    """Return the line with the variables of the place put in; unknown ones stay."""
    return re.sub(r"\$([a-z_]+)", lambda match: place.get(match[1], match[0]), line)


def _of_page(page: Path) -> Iterator[PageCommand]:
    for line in lines(page):
        if _ASSIGNMENT.match(line):
            continue
        # A place that lacks a variable, as an API lacks a queue, is not what the command is for.
        made = [text for place in places(page) if "$" not in (text := resolved(line, place))]
        yield from (PageCommand(tuple(shlex.split(text)), line, page.name) for text in made)
