"""What the page's templates and the plots' trees have in common: which text they may hold. And the elements of SVG."""

import re
from xml.etree.ElementTree import Element

_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Colours and titles, which programs write for a terminal."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no HTML document may hold."""


def clean(text: str) -> str:
    """Return the text without a terminal's colours; what no document may hold becomes a replacement character."""
    return _CONTROL.sub("\ufffd", _TERMINAL.sub("", text).replace("\r\n", "\n"))


def element(tag: str, text: str = "", **attributes: str | float) -> Element:
    """Return an element. `class_` stands for class, `text_anchor` for text-anchor; numbers are written short."""
    made = Element(tag, {key.rstrip("_").replace("_", "-"): written(value) for key, value in attributes.items()})
    made.text = clean(text)
    return made


def written(value: str | float) -> str:
    """Return an attribute's value. A tenth of a unit is finer than a screen, and short."""
    if isinstance(value, str):
        return clean(value)
    return f"{round(value, 1) + 0:g}" if abs(value) < 1e5 else f"{value:.0f}"
