from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from api_platform.paragraphs import print_paragraph


def printed(text: str, width: int, **places: int) -> list[str]:
    out = StringIO()
    print_paragraph(Console(file=out, width=width), Text(text), **places)
    return out.getvalue().splitlines()


def test_lines_fit_and_those_after_the_first_hang() -> None:
    text = "one two three four five six seven"
    assert printed(text, 24, indent=2, hanging=2) == ["  one two three four", "    five six seven"]


@pytest.mark.parametrize("width", [5, 30, 80])
def test_no_line_ends_in_spaces_and_no_word_is_lost(width: int) -> None:
    text = "a sentence that is a little longer than thirty columns, with   spaces in it"
    lines = printed(text, width)
    assert [line for line in lines if line != line.rstrip()] == []
    assert " ".join(lines).split() == text.split()
