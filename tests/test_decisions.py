"""The index of the decisions says what is there; each record has what a reader looks for."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "decisions"
RECORDS = sorted(file for file in FOLDER.glob("*.md") if file.name != "README.md")
LINE = re.compile(r"^- \[(?P<title>.+)\]\((?P<file>.+)\)$", re.MULTILINE)


def title(record: Path) -> str:
    return record.read_text().partition("\n")[0].removeprefix("# ")


def test_the_index_lists_each_record_once_in_order_by_its_title() -> None:
    listed = [(line["file"], line["title"]) for line in LINE.finditer((FOLDER / "README.md").read_text())]
    assert listed == [(record.name, title(record)) for record in RECORDS]


def test_the_numbers_have_neither_gaps_nor_doubles() -> None:
    """Two records that were written at once would both be "decision 20", and a text would refer to either."""
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_the_title_has_the_files_number(record: Path) -> None:
    assert title(record).startswith(f"{int(record.name[:4])}. ")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_tells_context_decision_and_price_in_this_order(record: Path) -> None:
    """A decision without its price is an advertisement."""
    parts = re.findall(r"^\*\*(.+?)\.\*\*", record.read_text(), re.MULTILINE)
    assert parts[:3] == ["Context", "Decision", "Price"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_files_that_a_record_names_are_there(record: Path) -> None:
    """What was moved leaves records behind that send readers nowhere."""
    root = FOLDER.parent.parent
    named = re.findall(r"`((?:constructs|docs|environments|scripts|tests|tools)/[\w./-]+)`", record.read_text())
    assert [path for path in named if not (root / path).exists()] == []
