"""One scenario's section of the page: its expectation, its verdict, and the evidence."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from eks_twin.proof.drawing import draw
from eks_twin.proof.markup import Child, element
from eks_twin.proof.quantities import duration, number
from eks_twin.proof.result import Cell, Figure, Outcome, Result, Table, Verdict

_MARKS = {
    Verdict.HELD: "M3 8.5 6.5 12 13 4.5",
    Verdict.FAILED: "M4 4 12 12 M12 4 4 12",
    Verdict.LEFT_OUT: "M3.5 8 H12.5",
}
"""A tick, a cross and a dash, as paths: no colour alone says a verdict, and no font need have the signs."""


def section(result: Result, place: int) -> Element:
    """Return the section of the scenario that came at this place, from 1."""
    return element(
        "section",
        element(
            "header",
            element("p", f"{place} \N{MIDDLE DOT} {result.name}", class_="kicker"),
            element("h2", result.title),
            element("p", badge(result.verdict), element("span", time_taken(result)), class_="state"),
        ),
        element("p", result.expectation, class_="expectation"),
        element("p", f"Short form: {result.form}") if result.form else None,
        _reasons(result),
        *(_evidence(result.outcome) if result.outcome else ()),
        element("p", element("a", "Back to the table", href="#overview"), class_="back"),
        class_="scenario",
        id=result.name,
    )


def badge(verdict: Verdict) -> Element:
    """Return a verdict as a sign and a word."""
    return element("span", _mark(verdict, aria_hidden="true"), verdict.value, class_=f"verdict {class_of(verdict)}")


def class_of(verdict: Verdict) -> str:
    """Return the verdict's name in the page's style."""
    return verdict.name.lower().replace("_", "-")


def time_taken(result: Result) -> str:
    """Return how long it took; nothing where it did not run."""
    return "" if result.verdict is Verdict.LEFT_OUT else duration(result.seconds)


def figure_text(figure: Figure) -> Iterator[Child]:
    """Yield a figure as it stands in the table on top."""
    if figure.verdict is Verdict.FAILED:
        yield element("span", _mark(Verdict.FAILED), class_="failed")
    yield element("strong", f"{figure.text}\N{NO-BREAK SPACE}{figure.suffix}".rstrip("\N{NO-BREAK SPACE}"))
    yield f" {figure.label}"


def _reasons(result: Result) -> Element | None:
    if not result.reasons:
        return None
    items = (element("li", reason) for reason in result.reasons)
    return element("ul", *items, class_=f"reasons {class_of(result.verdict)}")


def _evidence(outcome: Outcome) -> Iterator[Child]:
    if outcome.figures:
        yield element("dl", *map(_figure, outcome.figures), class_="figures")
    yield from map(draw, outcome.plots)
    yield from map(_table, outcome.tables)
    if outcome.notes:
        notes = (element("li", note) for note in outcome.notes)
        yield element("div", element("h3", "How this was measured"), element("ul", *notes), class_="honest")


def _figure(figure: Figure) -> Element:
    mark = _mark(figure.verdict) if figure.verdict else None
    return element(
        "div",
        element("dt", figure.label),
        element("dd", element("strong", figure.text), f" {figure.suffix}", class_="value"),
        element("dd", mark, figure.demand, class_=f"limit {class_of(figure.verdict)}") if figure.verdict else None,
    )


def _table(table: Table) -> Element:
    rows = [element("tr", *map(_cell, row)) for row in table.rows]
    heads = [element("th", column, scope="col", class_=_shape(column)) for column in table.columns]
    for at, head in enumerate(heads):
        if rows and all("number" in row[at].get("class", "") for row in rows):
            head.set("class", "number")
    box = element(
        "div",
        element("table", element("thead", element("tr", *heads)), element("tbody", *rows)),
        class_="scroll",
        role="region",
        aria_label=table.title,
        tabindex="0",
    )
    note = element("p", table.note) if table.note else None
    return element("div", element("h3", table.title), note, box, class_="table")


def _cell(given: Cell | float | str) -> Element:
    cell = given if isinstance(given, Cell) else Cell(given)
    text = cell.content if isinstance(cell.content, str) else number(cell.content)
    shape = _shape(text) if isinstance(cell.content, str) else "number"
    classes = [shape, class_of(cell.verdict) if cell.verdict else "", "heat" if cell.weight is not None else ""]
    made = element(
        "td",
        _mark(cell.verdict) if cell.verdict else None,
        element("pre", text) if cell.code else text,
        class_=" ".join(filter(None, classes)),
    )
    if cell.weight is not None:
        made.set("style", f"--weight: {min(max(cell.weight, 0), 1):.2f}")
    return made


def _shape(text: str) -> str:
    """Names such as media-service stay on one line; what is longer may break anywhere."""
    return "word" if len(text) <= 24 and " " not in text else "text"


def _mark(verdict: Verdict, **spoken: str) -> Element:
    path = element("path", d=_MARKS[verdict])
    spoken = spoken or {"role": "img", "aria_label": verdict.value}
    return element("svg", path, class_="mark", viewBox="0 0 16 16", **spoken)
