"""HTML and SVG as trees. Text enters a tree as text, so none of it can be forgotten to be escaped.

The standard library's ElementTree holds the trees and writes them; a template engine would be a second language for
the same page, in which the plots, which are trees anyway, would have to be marked as safe by hand.
"""

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None
"""None is left out, so that an optional part can stand where it belongs."""

_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Colours and titles, which programs write for a terminal."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no HTML document may hold."""


def element(tag: str, *children: Child, **attributes: str | float) -> Element:
    """Return an element. `class_` stands for class, `aria_label` for aria-label; numbers are written short."""
    made = Element(tag, {key.rstrip("_").replace("_", "-"): written(value) for key, value in attributes.items()})
    append(made, children)
    return made


def append(parent: Element, children: Iterable[Child]) -> None:
    """Put text and elements at the end of an element."""
    for child in children:
        if isinstance(child, str):
            _append_text(parent, clean(child))
        elif child is not None:
            parent.append(child)


def written(value: str | float) -> str:
    """Return an attribute's value. A tenth of a unit is finer than a screen, and short."""
    if isinstance(value, str):
        return clean(value)
    return f"{round(value, 1) + 0:g}" if abs(value) < 1e5 else f"{value:.0f}"


def clean(text: str) -> str:
    """Return the text without a terminal's colours; what no document may hold becomes a replacement character."""
    return _CONTROL.sub("\ufffd", _TERMINAL.sub("", text).replace("\r\n", "\n"))


def document(head: Sequence[Element], body: Sequence[Element]) -> str:
    """Return a whole HTML document."""
    root = element("html", element("head", *head), element("body", *body), lang="en")
    return f"<!doctype html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
