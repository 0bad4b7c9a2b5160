"""What plots have in common: the area that is drawn into, its axes, and what happened along the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from eks_twin.proof.markup import element
from eks_twin.proof.plot import PlotEvent
from eks_twin.proof.quantities import number
from eks_twin.proof.scale import Scale, fitted, text_width, time_labels, time_ticks

LINE = 15
"""Height of a line of text, in units of the drawing."""


@dataclass(frozen=True)
class Area:
    """Where the data is drawn, in units of the drawing; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def times(self, low: float, high: float) -> Scale:
        """Return the scale of a time axis across the area."""
        return Scale(low, high if high > low else low + 1, self.left, self.right)


@dataclass(frozen=True)
class _Placed:
    event: PlotEvent
    label: str
    start: float
    end: float
    lane: int


@dataclass(frozen=True)
class Events:
    """The events of a plot with their labels laid out above the area, so that none covers another."""

    placed: Sequence[_Placed]

    @classmethod
    def lay_out(cls, events: Sequence[PlotEvent], x: Scale) -> "Events":
        """Give each label the highest lane that is free there."""
        placed: list[_Placed] = []
        for event in sorted(events, key=lambda event: event.at):
            label = fitted(event.label, x.end - x.start - 8)
            width = text_width(label) + 8
            start = max(min(x(event.at), x.end - width), x.start)
            taken = {other.lane for other in placed if start < other.end and other.start < start + width}
            lane = next(lane for lane in range(len(placed) + 1) if lane not in taken)
            placed.append(_Placed(event, label, start, start + width, lane))
        return cls(placed)

    @property
    def height(self) -> float:
        """How much room the labels need above the area."""
        return LINE * max((placed.lane + 1 for placed in self.placed), default=0)

    def draw(self, area: Area, x: Scale) -> Sequence[Element]:
        """Return spans first, then lines, then labels: none of them hides a label."""
        spans, lines, labels = [], [], []
        for placed in self.placed:
            at, event = x(placed.event.at), placed.event
            baseline = area.top - self.height + LINE * placed.lane + 10
            if event.until is not None:
                width = max(x(event.until) - at, 1)
                spans.append(
                    element("rect", class_="span", x=at, y=area.top, width=width, height=area.bottom - area.top)
                )
            lines.append(element("line", class_="event", x1=at, x2=at, y1=baseline + 3, y2=area.bottom))
            labels.append(element("text", placed.label, class_="event", x=placed.start + 3, y=baseline))
        return [*spans, *lines, *labels]


def time_axis(area: Area, x: Scale, label: str) -> Sequence[Element]:
    """Return the time axis under the area, with its label below it."""
    ticks = time_ticks(x.low, x.high, max(3, int((area.right - area.left) / 70)))
    drawn = [element("line", class_="axis", x1=area.left, x2=area.right, y1=area.bottom, y2=area.bottom)]
    for tick, text in zip(ticks, time_labels(ticks), strict=True):
        drawn.append(element("line", class_="axis", x1=x(tick), x2=x(tick), y1=area.bottom, y2=area.bottom + 4))
        anchor = "end" if x(tick) + text_width(text) / 2 > area.right + 8 else "middle"
        drawn.append(element("text", text, x=x(tick), y=area.bottom + 16, text_anchor=anchor))
    drawn.append(element("text", label, class_="label", x=area.right, y=area.bottom + 32, text_anchor="end"))
    return drawn


def value_axis(area: Area, y: Scale, ticks: Sequence[float]) -> Sequence[Element]:
    """Return level lines across the area, and their values left of it."""
    drawn = []
    for tick in ticks:
        drawn.append(element("line", class_="grid", x1=area.left, x2=area.right, y1=y(tick), y2=y(tick)))
        drawn.append(element("text", number(tick), x=area.left - 6, y=y(tick) + 4, text_anchor="end"))
    return drawn
