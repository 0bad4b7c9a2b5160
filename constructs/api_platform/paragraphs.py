"""Paragraphs in a terminal of whatever width. What is printed is copied too: no line of it ends in spaces."""

from rich.console import Console
from rich.text import Text

_NARROWEST = 20
"""Columns for the text itself, however narrow the terminal is."""


def print_paragraph(console: Console, text: Text, *, indent: int = 0, hanging: int = 0) -> None:
    """Print the text in lines that fit. `hanging`: by how much the lines after the first are indented further."""
    lines = text.wrap(console, max(console.width - indent - hanging, _NARROWEST), overflow="fold")
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(" " * (indent + (hanging if number else 0))) + line, soft_wrap=True)
