"""The page stands alone, shows every scenario twice, and never differs between two runs."""

import re
from collections import Counter

import pytest

from eks_twin.proof.page import page, summary
from eks_twin.proof.result import Result, Verdict
from tests.eks_twin.proof import samples
from tests.eks_twin.proof.reading import read, text_of, with_class

RESULTS = samples.results()
HTML = page(RESULTS, samples.SETTING)
ROOT = read(HTML)


def _result(verdict: Verdict) -> Result:
    return Result(name="x", title="X", expectation="X.", verdict=verdict, seconds=1)


def test_the_same_results_give_the_same_bytes() -> None:
    assert page(samples.results(), samples.SETTING) == HTML


def test_every_scenario_has_a_row_in_the_table_on_top_which_leads_to_its_section() -> None:
    (overview,) = with_class(ROOT, "overview")
    links = [link.get("href") for link in overview.iter("a")]
    assert links == [f"#{result.name}" for result in RESULTS]
    assert [one.get("id") for one in with_class(ROOT, "scenario")] == [result.name for result in RESULTS]


def test_a_row_holds_expectation_verdict_key_figures_and_time() -> None:
    row = text_of(list(ROOT.iter("tr"))[1])
    figures = "118 of 118 objects in the API server 0 objects that differ"
    assert row == f"delivery {RESULTS[0].expectation} held {figures} 1 min 24 s"


def test_a_row_without_figures_says_why() -> None:
    """A scenario that broke off had an empty cell."""
    (row,) = (row for row in ROOT.iter("tr") if text_of(row).startswith("mesh"))
    assert "istioctl is not built." in text_of(row)


def test_a_cell_of_which_nothing_is_known_is_empty() -> None:
    """A narrow screen leaves out cells that are `:empty`; a blank in one would leave a gap."""
    (row,) = list(read(page([_result(Verdict.LEFT_OUT)], samples.SETTING)).iter("tr"))[1:]
    assert [(cell.text, len(cell)) for cell in row[-2:]] == [(None, 0)] * 2


def test_the_table_comes_before_all_sections() -> None:
    main = ROOT.find("body/main")
    assert main is not None
    assert [child.get("class") for child in main] == ["overview", *["scenario"] * len(RESULTS)]


def test_the_page_says_when_and_where_it_was_measured() -> None:
    header = ROOT.find("body/header")
    assert header is not None
    for fact in ("2026-11-20 14:05 UTC", "production", "2 cores, 24 GiB", "1.36.3", "2.20.2", "Simulated: nodes"):
        assert fact in text_of(header)


def test_no_identifier_comes_twice() -> None:
    counts = Counter(element.get("id") for element in ROOT.iter() if element.get("id"))
    assert max(counts.values()) == 1


def test_the_page_refers_to_itself_and_to_its_data_alone() -> None:
    names = {element.get("id") for element in ROOT.iter()}
    links = {link.get("href", "") for link in ROOT.iter("a")}
    assert {link for link in links if link.removeprefix("#") not in names} == {"results.json"}


def test_the_page_loads_nothing() -> None:
    assert not re.search(r"https?:|//[a-z]|url\(|@import|src=", HTML)
    assert {element.tag for element in ROOT.iter()}.isdisjoint({"script", "link", "img", "iframe", "object", "use"})


def test_the_policy_forbids_all_but_the_pages_own_style() -> None:
    (policy,) = (meta.get("content") for meta in ROOT.iter("meta") if meta.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_the_policy_comes_before_what_it_governs() -> None:
    head = ROOT.find("head")
    assert head is not None
    tags = [child.get("http-equiv") or child.tag for child in head]
    assert tags.index("Content-Security-Policy") < tags.index("style")


@pytest.mark.parametrize(
    ("held", "failed", "left_out", "sentence"),
    [
        (8, 0, 0, "all 8 expectations held"),
        (1, 0, 0, "the one expectation held"),
        (6, 1, 1, "6 of 8 expectations held, 1 failed, 1 left out"),
        (0, 0, 2, "0 of 2 expectations held, 2 left out"),
    ],
)
def test_the_summary_counts(held: int, failed: int, left_out: int, sentence: str) -> None:
    counts = {Verdict.HELD: held, Verdict.FAILED: failed, Verdict.LEFT_OUT: left_out}
    assert summary([_result(verdict) for verdict, count in counts.items() for _ in range(count)]) == sentence


@pytest.mark.parametrize(("verdict", "style"), [(Verdict.HELD, "held"), (Verdict.FAILED, "failed"), (None, "left-out")])
def test_the_summary_is_green_only_where_something_held_and_nothing_failed(verdict: Verdict | None, style: str) -> None:
    """A proof of which all was left out was green."""
    results = [_result(Verdict.LEFT_OUT), *([_result(verdict)] if verdict else [])]
    (line,) = with_class(read(page(results, samples.SETTING)), "summary")
    assert line.get("class") == f"summary {style}"
