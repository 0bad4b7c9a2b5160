"""The plots that a scenario may show: plain frozen data, which `drawing.py` turns into SVG.

Our own drawing, because a page in two themes and at every width needs SVG that takes its colours from the page's style
and is laid out anew for a narrow screen: matplotlib and pygal settle colours, fonts and one size when they draw.

Times are seconds; the axes write minutes and hours where they fit. The first series has the first colour, and so on:
name services in the same order everywhere, and each keeps its colour on the whole page.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eks_twin.proof.quantities import Limit

COLOURS = 6
"""As many as can be told apart, by colour-blind people too. A plot with more is refused."""

Points = Sequence[tuple[float, float]]
"""(seconds, value), by time."""


@dataclass(frozen=True)
class Series:
    """A line. By default a step line: a value holds until the next one is measured, as a count of pods does."""

    label: str
    points: Points
    dashed: bool = False
    """For what was not measured but is wanted or allowed."""
    steps: bool = True
    """False joins the points by straight lines."""


@dataclass(frozen=True)
class Band:
    """An area between two step lines, e.g. what a policy allows."""

    label: str
    low: Points
    high: Points


@dataclass(frozen=True)
class LimitLine:
    """A level that the lines must keep. The forbidden side of it is tinted."""

    label: str
    limit: Limit


@dataclass(frozen=True)
class PlotEvent:
    """Something that happened: a line down the plot; with `until`, a span."""

    at: float
    label: str
    until: float | None = None


@dataclass(frozen=True, kw_only=True)
class LinePlot:
    """Values over time."""

    title: str
    value: str
    """What the lines count, with its unit, e.g. "ready pods"."""
    series: Sequence[Series]
    limits: Sequence[LimitLine] = ()
    bands: Sequence[Band] = ()
    events: Sequence[PlotEvent] = ()
    time: str = "time since the start"
    """Under the axis. Say here where scenario time is not the clock's, e.g. "scenario time, 30 times the clock's"."""
    note: str = ""

    def __post_init__(self) -> None:
        _refuse_too_many(self.title, len(self.series) + len(self.bands))
        if not any(series.points for series in self.series):
            raise ValueError(f"plot {self.title!r} has no points")
        _refuse_odd(self.title, (number for point in self.points for number in point))
        _refuse_odd(self.title, (line.limit.value for line in self.limits))
        _refuse_odd_events(self.title, self.events)

    @property
    def points(self) -> Points:
        """The points of all lines and of the edges of all bands."""
        edges = [edge for band in self.bands for edge in (band.low, band.high)]
        return [point for line in [*(series.points for series in self.series), *edges] for point in line]


@dataclass(frozen=True)
class Layer:
    """One part of every bar, e.g. one service's pods."""

    label: str
    values: Sequence[float]
    """One for each bar."""


@dataclass(frozen=True, kw_only=True)
class StackedBars:
    """Bars made of parts, e.g. the pods of each service in each zone."""

    title: str
    value: str
    """What the bars count, e.g. "pods"."""
    bars: Sequence[str]
    layers: Sequence[Layer]
    full: float = 0
    """What the whole width stands for, at least: the same number makes two plots comparable."""
    note: str = ""

    def __post_init__(self) -> None:
        _refuse_too_many(self.title, len(self.layers))
        for layer in self.layers:
            if len(layer.values) != len(self.bars):
                raise ValueError(f"plot {self.title!r}: layer {layer.label!r} needs one value for each bar")
            _refuse_odd(self.title, layer.values)


@dataclass(frozen=True)
class Phase:
    """Something that took from `start` to `end`. Phases of the same row stand side by side."""

    row: str
    start: float
    end: float
    kind: str = ""
    """Phases of one kind have one colour, e.g. "created", "rolled back"."""
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What ran when, e.g. the stacks of a deployment. Rows come in the order of their first phase."""

    title: str
    phases: Sequence[Phase]
    events: Sequence[PlotEvent] = ()
    time: str = "time since the start"
    note: str = ""

    def __post_init__(self) -> None:
        _refuse_too_many(self.title, len(self.kinds))
        if not self.phases:
            raise ValueError(f"plot {self.title!r} has no phases")
        _refuse_odd(self.title, (number for phase in self.phases for number in (phase.start, phase.end)))
        _refuse_odd_events(self.title, self.events)

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of phases, in the order in which they come."""
        return list(dict.fromkeys(phase.kind for phase in self.phases))


Plot = LinePlot | StackedBars | Timeline


def _refuse_too_many(title: str, colours: int) -> None:
    if colours > COLOURS:
        raise ValueError(f"plot {title!r} needs {colours} colours; {COLOURS} can be told apart. Split it in two")


def _refuse_odd(title: str, numbers: Iterable[float]) -> None:
    """Everything that is plotted counts or lasts. What cannot be drawn is refused where it is made, not by the page."""
    odd = [number for number in numbers if not 0 <= number < math.inf]
    if odd:
        raise ValueError(f"plot {title!r} holds {odd[0]}; its numbers must be from 0 up and finite")


def _refuse_odd_events(title: str, events: Iterable[PlotEvent]) -> None:
    _refuse_odd(title, (number for event in events for number in (event.at, event.until) if number is not None))
