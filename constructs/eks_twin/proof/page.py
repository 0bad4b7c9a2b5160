"""The page: one HTML file that needs nothing else, with one table on top and a section for each scenario."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from eks_twin.proof.markup import Child, document, element
from eks_twin.proof.quantities import duration
from eks_twin.proof.result import Result, Verdict
from eks_twin.proof.section import badge, class_of, figure_text, section, time_taken
from eks_twin.proof.setting import Setting

TITLE = "Does the platform hold?"
_STYLE = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The page may load nothing at all and run nothing; its own style is all that it needs."""


def page(results: Sequence[Result], setting: Setting) -> str:
    """Return the page. The same results and the same setting give the same bytes."""
    head = [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"Proof: {summary(results)}"),
        element("style", _STYLE.read_text(encoding="utf-8")),
    ]
    sections = [section(result, number) for number, result in enumerate(results, 1)]
    return document(head, [_top(results, setting), element("main", _overview(results), *sections), _foot(results)])


def summary(results: Sequence[Result]) -> str:
    """Return the result in a sentence: how many expectations held, and how many did not."""
    counts = {verdict: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    if counts[Verdict.HELD] == len(results):
        return f"all {len(results)} expectations held" if len(results) != 1 else "the one expectation held"
    missing = [f"{count} {verdict}" for verdict, count in counts.items() if count and verdict is not Verdict.HELD]
    return ", ".join([f"{counts[Verdict.HELD]} of {len(results)} expectations held", *missing])


def _top(results: Sequence[Result], setting: Setting) -> Element:
    verdicts = {result.verdict for result in results}
    # Where nothing was run, nothing is green.
    worst = next((one for one in (Verdict.FAILED, Verdict.HELD) if one in verdicts), Verdict.LEFT_OUT)
    sentence = summary(results)
    return element(
        "header",
        element("p", "API platform \N{MIDDLE DOT} the twin", class_="kicker"),
        element("h1", TITLE),
        element("p", f"{sentence[:1].upper()}{sentence[1:]}.", class_=f"summary {class_of(worst)}"),
        _facts(setting.facts),
        _facts(list(setting.versions.items())),
        _real_and_simulated(setting.notes),
    )


def _facts(facts: Sequence[tuple[str, str]]) -> Element:
    pairs = (element("div", element("dt", label), element("dd", text)) for label, text in facts)
    return element("dl", *pairs, class_="facts")


def _real_and_simulated(notes: Sequence[str]) -> Element | None:
    if not notes:
        return None
    return element(
        "div",
        element("h2", "What is real here, what is simulated"),
        element("ul", *(element("li", note) for note in notes)),
        class_="honest",
    )


def _overview(results: Sequence[Result]) -> Element:
    columns = ("Scenario", "Expectation", "Verdict", "Measured", "Time")
    cells = (element("th", column, scope="col", role="columnheader") for column in columns)
    return element(
        "div",
        element(
            "table",
            element("caption", "Each scenario states what must hold, measures it, and says what came out."),
            element("thead", element("tr", *cells, role="row"), role="rowgroup"),
            element("tbody", *map(_overview_row, results), role="rowgroup"),
            # The roles are said again because a narrow screen shows the rows as cards, which would take them away.
            role="table",
        ),
        class_="overview",
        id="overview",
    )


def _overview_row(result: Result) -> Element:
    figures = [element("li", *figure_text(figure)) for figure in result.key_figures]
    measured: Child = element("ul", *figures) if figures else next(iter(result.reasons), None)
    return element(
        "tr",
        element("th", element("a", result.name, href=f"#{result.name}"), scope="row", role="rowheader"),
        element("td", result.expectation, role="cell", class_="expectation"),
        element("td", badge(result.verdict), role="cell"),
        element("td", measured, role="cell", class_="measured"),
        element("td", time_taken(result), role="cell", class_="number"),
        role="row",
    )


def _foot(results: Sequence[Result]) -> Element:
    total = duration(sum(result.seconds for result in results))
    return element(
        "footer",
        f"{len(results)} scenarios in {total}. The same as data: ",
        element("a", "results.json", href="results.json"),
        ".",
    )
