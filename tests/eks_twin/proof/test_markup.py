"""Whatever a program printed stays text on the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.markup import clean, document, element, written
from tests.eks_twin.proof.reading import read

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code

HOSTILE = '<script>alert("1")</script> & \'"</style>'


def test_text_is_escaped_wherever_it_stands() -> None:
    root = read(document([], [element("p", HOSTILE, element("b", HOSTILE), HOSTILE, title=HOSTILE)]))
    assert not list(root.iter("script"))
    paragraph = root.find("body/p")
    assert paragraph is not None
    assert "".join(paragraph.itertext()) == HOSTILE * 3
    assert paragraph.get("title") == HOSTILE


@UNHURRIED
@given(st.text())
def test_any_text_comes_back_as_it_was_cleaned(text: str) -> None:
    """A page holds messages of a dozen programs."""
    paragraph = read(document([], [element("p", text, title=text)])).find("body/p")
    assert paragraph is not None
    assert (paragraph.text or "").replace("\r", "\n") == clean(text).replace("\r", "\n")
    assert paragraph.get("title") == clean(text)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("\x1b[31mred\x1b[0m, \x1b[1;4mbold", "red, bold"),
        ("\x1b]0;a title\x07text", "text"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_what_programs_write_for_terminals_is_left_out(printed: str, shown: str) -> None:
    assert clean(printed) == shown


def test_texts_in_a_row_are_all_kept() -> None:
    made = element("p", "one", " two", element("b", "three"), " four", " five")
    assert "".join(made.itertext()) == "one twothree four five"


def test_parts_that_are_none_are_left_out() -> None:
    made = element("p", None, "text", None, class_="c", aria_label="l")
    assert (made.text, len(made), made.attrib) == ("text", 0, {"class": "c", "aria-label": "l"})


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1.04, "1"), (1.25, "1.2"), (-0.04, "0"), (640.06, "640.1"), (1234567.8, "1234568")]
)
def test_places_are_written_to_a_tenth(value: float, text: str) -> None:
    assert written(value) == text
