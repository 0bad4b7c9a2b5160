"""Turns a plot into what its figure on the page shows: a key, and the drawing in three widths.

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


def drawings(plot: Plot) -> Sequence[Element]:
    """Return the SVG for each width. The same plot gives the same trees."""
    return [_svg(plot, name, width) for name, width in WIDTHS.items()]


def key(plot: Plot) -> Sequence[tuple[str, str]]:
    """Return what each colour stands for, and its class in the page's style; nothing where there is only one."""
    entries = [(label, f"{kind} c{colour}") for colour, (label, kind) in enumerate(_coloured(plot), 1)]
    if isinstance(plot, Timeline) and any(phase.failed for phase in plot.phases):
        entries.append(("failed", "bar failed"))
    return entries if len(entries) > 1 else []


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
    root = element("svg", class_=name, role="img", viewBox=f"0 0 {width} {height:g}")
    root.extend([element("title", plot.title), element("desc", describe(plot)), *drawn])
    return root


def _coloured(plot: Plot) -> Sequence[tuple[str, str]]:
    match plot:
        case LinePlot():
            lines = [(series.label, "line dashed" if series.dashed else "line") for series in plot.series]
            return [*lines, *((band.label, "band") for band in plot.bands)]
        case StackedBars():
            return [(layer.label, "bar") for layer in plot.layers]
        case Timeline():
            return [(kind, "bar") for kind in plot.kinds if kind]
