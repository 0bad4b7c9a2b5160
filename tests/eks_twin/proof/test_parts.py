"""A scenario's section shows all of its evidence, and says verdicts in words."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from eks_twin.proof.page import page
from eks_twin.proof.plot import LinePlot, Series
from eks_twin.proof.quantities import at_most, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Result, Table, Verdict
from tests.eks_twin.proof import samples
from tests.eks_twin.proof.reading import read, text_of, with_class

GOOD = Figure("objects lost", 0, "", exactly(0))


def _section(verdict: Verdict = Verdict.HELD, reasons: tuple[str, ...] = (), **outcome: Any) -> Element:
    result = Result(
        name="faults",
        title="It comes back",
        expectation="Nothing is lost.",
        verdict=verdict,
        reasons=reasons,
        seconds=61,
        outcome=Outcome(**{"figures": [GOOD], **outcome}),
    )
    return _shown(result)


def _shown(result: Result) -> Element:
    (found,) = with_class(read(page([result], samples.SETTING)), "scenario")
    return found


def _badge(verdict: Verdict) -> Element:
    (found,) = with_class(_section(verdict), "verdict")
    return found


def _table(*rows: list[Cell | float | str]) -> Element:
    table = Table(title="Kills", columns=["what", "n"], rows=rows, note="One after the other.")
    (found,) = with_class(_section(tables=[table]), "table")
    return found


def test_a_section_begins_with_title_verdict_time_and_expectation() -> None:
    words = text_of(_section())
    assert words.startswith("1 \N{MIDDLE DOT} faults It comes back held1 min 1 s Nothing is lost.")


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_word_and_not_only_a_colour(verdict: Verdict) -> None:
    assert text_of(_badge(verdict)) == verdict.value


def test_a_verdict_is_not_read_out_twice() -> None:
    assert [mark.get("aria-hidden") for mark in _badge(Verdict.HELD).iter("svg")] == ["true"]


def test_the_reasons_of_a_failure_stand_before_the_evidence() -> None:
    made = _section(Verdict.FAILED, ("two pods were lost",))
    classes = [child.get("class") for child in made]
    assert classes.index("reasons failed") < classes.index("figures")
    assert "two pods were lost" in text_of(made)


def test_a_figure_shows_value_unit_and_limit() -> None:
    slow = Figure("time", 91, "s", at_most(90))
    figures = next(with_class(_section(Verdict.FAILED, ("slow",), figures=[slow, Figure("pods", 3)]), "figures"))
    assert text_of(figures[0]) == "time 91 s at most 90 s"
    assert text_of(figures[1]) == "pods 3"
    assert [one.get("class") for one in with_class(figures[0], "limit")] == ["limit failed"]


def test_a_scenario_without_evidence_still_has_its_section() -> None:
    result = Result(
        name="mesh", title="T", expectation="E.", verdict=Verdict.LEFT_OUT, seconds=0, reasons=["no istioctl"]
    )
    assert "no istioctl" in text_of(_shown(result))


def test_plots_notes_and_tables_are_shown() -> None:
    plot = LinePlot(title="Ready pods", value="pods", series=[Series("ready", [(0, 1)])])
    words = text_of(_section(plots=[plot], notes=["Nodes are simulated."]))
    assert "Ready pods" in words
    assert "How this was measuredNodes are simulated." in words
    assert text_of(_table(["etcd", 1])).startswith("Kills One after the other.")


def test_a_table_scrolls_in_its_own_box_also_by_keyboard() -> None:
    box = next(with_class(_table(["etcd", 1]), "scroll"))
    assert (box.get("tabindex"), box.get("role"), box.get("aria-label")) == ("0", "region", "Kills")


def test_numbers_stand_to_the_right_and_so_does_their_header() -> None:
    table = _table(["etcd", 1], ["apiserver", 12345])
    assert [head.get("class") for head in table.iter("th")] == ["word", "number"]
    assert [cell.get("class") for cell in table.iter("td")] == ["word", "number"] * 2


def test_names_stay_on_one_line_and_sentences_may_break() -> None:
    """`media-service` was broken after its hyphen."""
    cells = list(_table(["media-service", "it came back after a while"]).iter("td"))
    assert [cell.get("class") for cell in cells] == ["word", "text"]


def test_a_cell_says_its_verdict_in_words_too() -> None:
    (cell,) = with_class(_table(["etcd", Cell("yes", Verdict.HELD)]), "held")
    assert [mark.get("aria-label") for mark in cell.iter("svg")] == ["held"]


def test_what_a_program_printed_keeps_its_lines() -> None:
    assert [one.text for one in _table(["etcd", Cell("a\n  b", code=True)]).iter("pre")] == ["a\n  b"]


@pytest.mark.parametrize(("weight", "style"), [(0, "0.00"), (0.5, "0.50"), (7, "1.00")])
def test_a_weight_tints_a_cell(weight: float, style: str) -> None:
    (cell,) = with_class(_table(["etcd", Cell(3, weight=weight)]), "heat")
    assert cell.get("style") == f"--weight: {style}"
