"""Draws values over time: step lines, bands, limits, events."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from eks_twin.proof.axes import LINE, Area, Events, time_axis, value_axis
from eks_twin.proof.markup import element, written
from eks_twin.proof.plot import Band, LimitLine, LinePlot, Points, Series
from eks_twin.proof.quantities import number
from eks_twin.proof.scale import Scale, count_ticks, fitted, text_width

_HEIGHT = 190
"""Of the area that holds the lines."""
_FOOT = 40


def draw_lines(plot: LinePlot, width: float) -> tuple[float, Sequence[Element]]:
    """Return the height of the drawing and what is on it, for a drawing of this width."""
    values = [value for _, value in plot.points] + [line.limit.value for line in plot.limits]
    times = [time for time, _ in plot.points] + [event.at for event in plot.events]
    times += [event.until for event in plot.events if event.until is not None]
    ticks = count_ticks(max(values), 6, whole=all(float(value).is_integer() for value in values))
    left = max(text_width(number(tick)) for tick in ticks) + 10
    x = Area(left, 0, width - 8, 0).times(min(times), max(times))
    events = Events.lay_out(plot.events, x)
    top = LINE + events.height + 6
    area = Area(left, top, width - 8, top + _HEIGHT)
    y = Scale(ticks[0], ticks[-1], area.bottom, area.top)
    drawn = [
        *(part for line in plot.limits for part in _forbidden(line, area, y)),
        *value_axis(area, y, ticks),
        *(_band(band, x, y, len(plot.series) + at) for at, band in enumerate(plot.bands, 1)),
        *time_axis(area, x, plot.time),
        *(_line(series, x, y, at) for at, series in reversed(list(enumerate(plot.series, 1)))),
        *events.draw(area, x),
        *(part for line in plot.limits for part in _limit(line, area, y)),
        element("text", fitted(plot.value, width), class_="label", x=0, y=11),
    ]
    return area.bottom + _FOOT, drawn


def corners(points: Points) -> Iterator[tuple[float, float]]:
    """Yield the corners of a step line: each value holds until the next one. Values that repeat make no corner."""
    before: tuple[float, float] | None = None
    for at, (time, value) in enumerate(points):
        if before is None:
            yield time, value
        elif value != before[1] or at == len(points) - 1:
            yield time, before[1]
            if value != before[1]:
                yield time, value
        before = time, value


def _line(series: Series, x: Scale, y: Scale, colour: int) -> Element:
    points = corners(series.points) if series.steps else series.points
    return element("polyline", class_=f"line c{colour}{' dashed' * series.dashed}", points=_places(points, x, y))


def _band(band: Band, x: Scale, y: Scale, colour: int) -> Element:
    outline = [*corners(band.high), *reversed(list(corners(band.low)))]
    return element("polygon", class_=f"band c{colour}", points=_places(outline, x, y))


def _places(points: Points | Iterator[tuple[float, float]], x: Scale, y: Scale) -> str:
    places = (f"{written(x(time))},{written(y(value))}" for time, value in points)
    return " ".join(place for place, _ in groupby(places))


def _forbidden(line: LimitLine, area: Area, y: Scale) -> Iterator[Element]:
    level = y(line.limit.value)
    match line.limit.word:
        case "at least":
            top, bottom = level, area.bottom
        case "at most":
            top, bottom = area.top, level
        case "exactly":
            return
    yield element("rect", class_="forbidden", x=area.left, y=top, width=area.right - area.left, height=bottom - top)


def _limit(line: LimitLine, area: Area, y: Scale) -> Iterator[Element]:
    level = y(line.limit.value)
    text = fitted(f"{line.label}: {line.limit}", area.right - area.left)
    yield element("line", class_="limit", x1=area.left, x2=area.right, y1=level, y2=level)
    # On the forbidden side, where no line should be.
    baseline = level - 5 if line.limit.word == "at most" else level + 14
    yield element("text", text, class_="limit", x=area.right - 2, y=baseline, text_anchor="end")
