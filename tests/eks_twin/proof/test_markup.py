"""Whatever a program printed stays text on the page."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.markup import clean, element, written
from eks_twin.proof.page import page
from eks_twin.proof.plot import LinePlot, Series
from eks_twin.proof.quantities import at_most
from eks_twin.proof.result import Cell, Figure, Outcome, Result, Table, Verdict
from tests.eks_twin.proof import samples
from tests.eks_twin.proof.reading import read

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code

HOSTILE = '<script>alert("1")</script> & \'"</style>'
TERMINAL = "\x1b[31mred\x1b[0m\x00"


def _page(text: str) -> Element:
    """A page that holds the text wherever a scenario may put one."""
    table = Table(title=text, columns=[text], rows=[[text], [Cell(text, Verdict.FAILED, code=True)]], note=text)
    plot = LinePlot(title=text, value=text, series=[Series(text, [(0, 1)]), Series(text, [(0, 2)])], note=text)
    figures = [Figure(text, 2, text, at_most(1), key=True), Figure(text, text, key=True)]
    outcome = Outcome(figures=figures, tables=[table], plots=[plot], notes=[text])
    result = Result(
        name=text,
        title=text,
        expectation=text,
        verdict=Verdict.FAILED,
        seconds=1,
        reasons=[text],
        form=text,
        outcome=outcome,
    )
    return read(page([result, replace(result, outcome=None)], replace(samples.SETTING, notes=[text])))


def test_text_is_escaped_wherever_it_stands() -> None:
    """A tag in an expectation, a title or a key would be one of the page."""
    hostile, harmless = _page(HOSTILE), _page("x" * 30)
    assert [one.tag for one in hostile.iter()] == [one.tag for one in harmless.iter()]
    assert [list(one.attrib) for one in hostile.iter()] == [list(one.attrib) for one in harmless.iter()]
    assert "".join(hostile.itertext()).count(HOSTILE) == "".join(harmless.itertext()).count("x" * 30)


def test_no_text_brings_a_terminals_colours_to_the_page() -> None:
    root = _page(TERMINAL)
    texts = [*root.itertext(), *(value for one in root.iter() for value in one.attrib.values())]
    assert not [text for text in texts if "\x1b" in text or "\x00" in text]
    assert len([text for text in texts if text.strip() == "red\ufffd"]) > 20


@UNHURRIED
@given(st.text())
def test_any_text_comes_back_as_it_was_cleaned(text: str) -> None:
    """A page holds messages of a dozen programs."""
    box = Table(title=text, columns=["a"], rows=[[Cell("yes", Verdict.HELD)]])
    result = Result(
        name="x", title=text, expectation="X.", verdict=Verdict.HELD, seconds=1, outcome=Outcome(tables=[box])
    )
    root = read(page([result], samples.SETTING))
    assert [(heading.text or "") for heading in root.iter("h2")][-1] == clean(text)
    assert [one.get("aria-label") for one in root.iter("div") if one.get("role") == "region"] == [clean(text)]


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


def test_a_drawings_text_is_cleaned_too() -> None:
    made = element("text", TERMINAL, class_="c", text_anchor=TERMINAL)
    assert (made.text, made.attrib) == ("red\ufffd", {"class": "c", "text-anchor": "red\ufffd"})


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1.04, "1"), (1.25, "1.2"), (-0.04, "0"), (640.06, "640.1"), (1234567.8, "1234568")]
)
def test_places_are_written_to_a_tenth(value: float, text: str) -> None:
    assert written(value) == text
