"""Changes the tag and digest of one image in an environment file's text, and not one character more.

tomlkit knows where a value stands, whatever the form: [images.a], images.a.tag = ..., images = { a = { ... } }, tables
out of order. Its own way to add and remove keys is not taken: a new line ends in LF in a file of CRLF, a key that goes
from an inline table leaves two spaces, and one that comes to dotted keys may land in another table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from api_platform.errors import InputError
from api_platform.release.image_release import ImageRelease

_TABLE = "images"
_PART = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEY = re.compile(rf"(?P<tables>(?:{_PART}[ \t]*\.[ \t]*)*){_PART}(?P<equals>[ \t]*=[ \t]*)$")
"""What stands before a value, back to its line's start, a comma or a brace."""


class _LossyError(Exception):
    """The text would not come back from tomlkit as it is."""


@dataclass(frozen=True)
class _Value:
    """Where a value stands in the text, with its quotes."""

    start: int
    end: int
    in_inline_table: bool


def with_release(text: str, service: str, release: ImageRelease) -> str:
    """Return the text with the image of `service` at `release`; it has a table in the text, and a tag in that.

    A digest is added right after the tag and in its form. One that goes takes its line along, with the comment there.
    Raises InputError where the text is written so that tomlkit cannot say where the value stands.
    """
    try:
        return _with_digest(_replaced(text, _value(text, service, "tag"), release.tag), service, release.digest)
    except (TOMLKitError, _LossyError):
        raise InputError(
            f"images.{service}: is written so that no program can change it alone. "
            f"Write what belongs to it into one table [images.{service}], or change it by hand."
        ) from None


def _with_digest(text: str, service: str, new: str | None) -> str:
    has_digest = "digest" in _image(tomlkit.parse(text), service)[0]
    if new is None:
        return _removed(text, _value(text, service, "digest")) if has_digest else text
    if has_digest:
        return _replaced(text, _value(text, service, "digest"), new)
    return _added(text, _value(text, service, "tag"), new)


def _image(document: Mapping[str, Any], service: str) -> tuple[Any, bool]:
    """Return the image's table, and whether it is, or lies in, an inline table."""
    images = document[_TABLE]
    image = images[service]
    return image, isinstance(images, InlineTable) or isinstance(image, InlineTable)


def _value(text: str, service: str, key: str) -> _Value:
    """Return where a value stands: another is put in its place, and what is written around that is compared."""
    document = tomlkit.parse(text)
    image, in_inline_table = _image(document, service)
    old, mark = image[key].as_string(), _unheard_of(text)
    image[key] = mark
    before, _, after = document.as_string().partition(f'"{mark}"')
    if before + old + after != text:
        raise _LossyError
    return _Value(len(before), len(before) + len(old), in_inline_table)


def _unheard_of(text: str) -> str:
    mark = "here"
    while mark in text:
        mark += "-here"
    return mark


def _replaced(text: str, value: _Value, new: str) -> str:
    old = text[value.start : value.end]
    quote = "'" if old.startswith("'") else '"'
    return text[: value.start] + quote + new + quote + text[value.end :]


def _added(text: str, tag: _Value, digest: str) -> str:
    key = _key_before(text, tag)
    setting = f'{key["tables"]}digest{key["equals"]}"{digest}"'
    if tag.in_inline_table:
        return f"{text[: tag.end]}, {setting}{text[tag.end :]}"
    start, end = _line_around(text, tag)
    indent = text[start : start + key.start()]
    if text[start:end].endswith("\n"):
        return f"{text[:end]}{indent}{setting}{_line_end(text[:end])}{text[end:]}"
    return f"{text}{_line_end(text)}{indent}{setting}"


def _removed(text: str, digest: _Value) -> str:
    start, end = _line_around(text, digest)
    if not digest.in_inline_table:
        return text[:start] + text[end:]
    before, after = text[: start + _key_before(text, digest).start()], text[digest.end :]
    without_comma = re.sub(r",[ \t]*$", "", before)
    return without_comma + after if without_comma != before else before + re.sub(r"^[ \t]*,[ \t]*", "", after)


def _key_before(text: str, value: _Value) -> re.Match[str]:
    """Return the value's key and equals sign; positions count from the start of its line."""
    start, _ = _line_around(text, value)
    found = _KEY.search(text[start : value.start])
    if not found:
        raise ValueError(f"no key before a value: {text[start : value.start]!r}")
    return found


def _line_around(text: str, value: _Value) -> tuple[int, int]:
    """Return where the value's first line starts and its last one ends, with the line's end."""
    return text.rfind("\n", 0, value.start) + 1, (text.find("\n", value.end) + 1) or len(text)


def _line_end(text: str) -> str:
    """Return how the last line that has an end, ends."""
    last = text.rfind("\n")
    return "\r\n" if text[max(last - 1, 0) : last + 1] == "\r\n" else "\n"
