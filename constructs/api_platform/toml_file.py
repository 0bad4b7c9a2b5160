"""Reads a TOML file so that a complaint about a key can name its line."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from api_platform.errors import InputError, shown

_NAME = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_NAMES = rf"(?P<names>{_NAME}(?:\s*\.\s*{_NAME})*)"
_TABLE = re.compile(rf"\s*\[\[?\s*{_NAMES}\s*\]")
_KEY = re.compile(rf"\s*{_NAMES}\s*=")
_POSITION = re.compile(r" \(at line (?P<line>\d+), column \d+\)$")


def read_toml(path: Path) -> dict[str, Any]:
    """Return what the file holds.

    Raises InputError when it cannot be read or is not TOML.
    """
    try:
        return tomllib.loads(_text_of(path))
    except OSError as error:
        reason = error.strerror
        raise InputError(f"{shown(path)}: cannot be read ({reason}). Check that it is a file you may read.") from None
    except UnicodeDecodeError:
        raise InputError(f"{shown(path)}: is not UTF-8 text, as TOML must be. Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:  # tomllib's own, numbers past Python's limit, nesting past its stack
        position = _POSITION.search(str(error))
        place = f"{shown(path)}:{position['line']}" if position else shown(path)
        raise InputError(f"{place}: is not valid TOML: {_POSITION.sub('', str(error))}. Mend that line.") from None


def place_of(path: Path, key: Sequence[str] = ()) -> str:
    """Return `file:line` of the line that sets `key`, or of the nearest table around it; the file alone where neither.

    `tomllib` forgets positions, so this reads headers and keys alone. Multi-line strings that look like keys could
    mislead it, at the price of a wrong number in a message.
    """
    wanted = list(key)
    line, depth = 0, 0
    table: list[str] = []
    for number, text in enumerate(_text_of(path).split("\n"), start=1):
        if header := _TABLE.match(text):
            here = table = _parts(header["names"])
        elif setting := _KEY.match(text):
            here = table + _parts(setting["names"])
        else:
            continue
        common = min(len(here), len(wanted))
        if common > depth and here[:common] == wanted[:common]:
            line, depth = number, common
    return f"{shown(path)}:{line}" if line else shown(path)


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark that TOML does not know


def _parts(names: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, names)]
