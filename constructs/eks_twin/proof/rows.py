"""Draws what lies in rows: stacked bars, and the phases of a timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from eks_twin.proof.axes import LINE, Area, Events, time_axis
from eks_twin.proof.markup import element
from eks_twin.proof.plot import Phase, StackedBars, Timeline
from eks_twin.proof.quantities import duration, number
from eks_twin.proof.scale import Scale, fitted, text_width

_BAR = 18
_GAP = 8
_FIGURE = 66
"""Room at the right for the figure behind a bar."""


@dataclass(frozen=True)
class _Rows:
    """Rows with their names: left of the bars where there is room for the longest, else above each."""

    labels: Sequence[str]
    width: float

    @property
    def left(self) -> float:
        longest = max(map(text_width, self.labels), default=0) + 10
        return longest if longest < self.width * 0.25 else 0

    @property
    def pitch(self) -> float:
        return _BAR + _GAP + (0 if self.left else LINE)

    @property
    def height(self) -> float:
        return self.pitch * len(self.labels)

    def bar(self, row: int, top: float) -> float:
        """Return the upper edge of a row's bar."""
        return top + row * self.pitch + (0 if self.left else LINE)

    def names(self, top: float) -> Iterator[Element]:
        for row, label in enumerate(self.labels):
            y = self.bar(row, top) + (13 if self.left else -4)
            x, anchor = (self.left - 8, "end") if self.left else (0.0, "start")
            yield element("text", fitted(label, self.width), class_="row", x=x, y=y, text_anchor=anchor)


def draw_bars(plot: StackedBars, width: float) -> tuple[float, Sequence[Element]]:
    """Return the height of the drawing and what is on it, for a drawing of this width."""
    rows = _Rows(plot.bars, width)
    totals = [sum(layer.values[at] for layer in plot.layers) for at in range(len(plot.bars))]
    x = Scale(0, max([*totals, plot.full, 1]), rows.left, width - _FIGURE)
    drawn = list(rows.names(0))
    for row, total in enumerate(totals):
        top, reached = rows.bar(row, 0), 0.0
        for colour, layer in enumerate(plot.layers, 1):
            drawn += _segment(x(reached), x(reached + layer.values[row]), top, colour, number(layer.values[row]))
            reached += layer.values[row]
        drawn.append(element("text", f"{number(total)} {plot.value}", class_="figure", x=x(total) + 6, y=top + 13))
    return rows.height, drawn


def draw_timeline(plot: Timeline, width: float) -> tuple[float, Sequence[Element]]:
    """Return the height of the drawing and what is on it, for a drawing of this width."""
    labels = list(dict.fromkeys(phase.row for phase in plot.phases))
    rows = _Rows(labels, width)
    ends = [phase.end for phase in plot.phases] + [event.until or event.at for event in plot.events]
    x = Scale(0, max([*ends, 1e-9]), rows.left, width - _FIGURE)
    events = Events.lay_out(plot.events, x)
    area = Area(rows.left, events.height + 4, width - _FIGURE, events.height + 4 + rows.height)
    drawn = [*time_axis(area, x, plot.time), *events.draw(area, x), *rows.names(area.top)]
    for row, label in enumerate(labels):
        phases = sorted((phase for phase in plot.phases if phase.row == label), key=lambda phase: phase.start)
        nexts = [*(x(phase.start) for phase in phases[1:]), width]
        for phase, room in zip(phases, nexts, strict=True):
            drawn += _phase(phase, x, rows.bar(row, area.top), plot.kinds.index(phase.kind) + 1, room)
    return area.bottom + 40, drawn


def _segment(start: float, end: float, top: float, colour: int, text: str) -> Iterator[Element]:
    if end > start:
        yield element("rect", class_=f"bar c{colour}", x=start, y=top, width=end - start, height=_BAR)
    if end - start > text_width(text) + 4:
        yield element("text", text, class_="inside", x=(start + end) / 2, y=top + 13, text_anchor="middle")


def _phase(phase: Phase, x: Scale, top: float, colour: int, room: float) -> Iterator[Element]:
    start, end = x(phase.start), max(x(phase.end), x(phase.start) + 2)
    text = duration(phase.end - phase.start)
    kind = "failed" if phase.failed else f"c{colour}"
    yield element("rect", class_=f"bar {kind}", x=start, y=top, width=end - start, height=_BAR)
    if end - start > text_width(text) + 4:
        yield element("text", text, class_="inside", x=(start + end) / 2, y=top + 13, text_anchor="middle")
    elif end + text_width(text) + 4 < room:
        yield element("text", text, class_="figure", x=end + 5, y=top + 13)
