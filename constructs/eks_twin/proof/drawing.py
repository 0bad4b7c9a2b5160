"""Turns a plot into a figure of the page: its title, its key, and the drawing in three widths.

The page's style shows the width that fits, so that text keeps its size from a telephone to a wide screen.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from eks_twin.proof.lines import draw_lines
from eks_twin.proof.markup import element
from eks_twin.proof.plot import LinePlot, Plot, StackedBars, Timeline
from eks_twin.proof.quantities import duration, number
from eks_twin.proof.rows import draw_bars, draw_timeline

WIDTHS = {"narrow": 320, "medium": 560, "wide": 900}
"""Class in the page's style -> width of the drawing, in units that are pixels where nothing is scaled."""


def draw(plot: Plot) -> Element:
    """Return the figure. The same plot gives the same bytes."""
    return element(
        "figure",
        element("figcaption", element("h4", plot.title), element("p", plot.note) if plot.note else None),
        _key(plot),
        element("div", *(_svg(plot, name, width) for name, width in WIDTHS.items()), class_="drawings"),
        class_="plot",
    )


def describe(plot: Plot) -> str:
    """Return in words what is to be seen, for those who do not see it."""
    match plot:
        case LinePlot():
            return " ".join([f"{plot.value} over {plot.time}.", *_of_lines(plot)])
        case StackedBars():
            return " ".join(
                f"{bar}: {', '.join(f'{layer.label} {number(layer.values[at])}' for layer in plot.layers)}."
                for at, bar in enumerate(plot.bars)
            )
        case Timeline():
            return " ".join(
                f"{phase.row}: {phase.kind or 'ran'} from {duration(phase.start)} to {duration(phase.end)}"
                f"{', failed' * phase.failed}."
                for phase in plot.phases
            )


def _of_lines(plot: LinePlot) -> Iterator[str]:
    for series in plot.series:
        values = [value for _, value in series.points]
        if values:
            yield (
                f"{series.label}: from {number(values[0])} to {number(values[-1])}, "
                f"lowest {number(min(values))}, highest {number(max(values))}."
            )
    for line in plot.limits:
        yield f"Limit: {line.label}, {line.limit}."
    for event in plot.events:
        yield f"After {duration(event.at)}: {event.label}."


def _svg(plot: Plot, name: str, width: float) -> Element:
    match plot:
        case LinePlot():
            height, drawn = draw_lines(plot, width)
        case StackedBars():
            height, drawn = draw_bars(plot, width)
        case Timeline():
            height, drawn = draw_timeline(plot, width)
    title, description = element("title", plot.title), element("desc", describe(plot))
    return element("svg", title, description, *drawn, class_=name, role="img", viewBox=f"0 0 {width} {height:g}")


def _key(plot: Plot) -> Element | None:
    """Return what each colour stands for; nothing where there is only one."""
    entries: Sequence[tuple[str, str]]
    match plot:
        case LinePlot():
            lines = [(series.label, "line dashed" if series.dashed else "line") for series in plot.series]
            entries = [*lines, *((band.label, "band") for band in plot.bands)]
        case StackedBars():
            entries = [(layer.label, "bar") for layer in plot.layers]
        case Timeline():
            entries = [(kind, "bar") for kind in plot.kinds if kind]
    items = [_key_entry(label, f"{kind} c{colour}") for colour, (label, kind) in enumerate(entries, 1)]
    if isinstance(plot, Timeline) and any(phase.failed for phase in plot.phases):
        items.append(_key_entry("failed", "bar failed"))
    return element("ul", *items, class_="key") if len(items) > 1 else None


def _key_entry(label: str, kind: str) -> Element:
    return element("li", element("span", class_=f"swatch {kind}"), label)
