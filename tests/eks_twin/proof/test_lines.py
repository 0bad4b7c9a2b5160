"""Lines go where the data says."""

from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from eks_twin.proof.axes import Area
from eks_twin.proof.lines import corners, draw_lines
from eks_twin.proof.plot import Band, LimitLine, LinePlot, PlotEvent, Points, Series
from eks_twin.proof.quantities import Limit, at_least, at_most, exactly
from tests.eks_twin.proof.reading import places, with_class

POINTS: Points = [(0, 3), (10, 2), (15, 2), (20, 4)]


def _plot(series: list[Series] | None = None, **other: Any) -> LinePlot:
    series = series or [Series("ready", POINTS)]
    return LinePlot(title="Ready pods", value="pods", series=series, **other)


def _drawn(plot: LinePlot, width: float = 560) -> Element:
    root = Element("svg")
    root.extend(draw_lines(plot, width)[1])
    return root


def _only(root: Element, name: str, tag: str | None = None) -> Element:
    (found,) = with_class(root, name, tag)
    return found


def _area(root: Element) -> Area:
    """The area, as its own axes say: the lowest level line is its bottom, the highest its top."""
    levels = [float(line.get("y1", "")) for line in with_class(root, "grid")]
    line = next(with_class(root, "grid"))
    return Area(float(line.get("x1", "")), min(levels), float(line.get("x2", "")), max(levels))


def test_a_step_line_steps() -> None:
    assert list(corners(POINTS)) == [(0, 3), (10, 3), (10, 2), (20, 2), (20, 4)]


def test_a_value_that_repeats_makes_no_corner_but_reaches_the_end() -> None:
    assert list(corners([(time, 2) for time in range(100)])) == [(0, 2), (99, 2)]


def test_a_dip_of_one_sample_is_seen() -> None:
    """It is what disruption and rollout are sampled for."""
    assert (5.2, 1) in corners([(5.0, 2), (5.2, 1), (5.4, 2), (5.6, 2)])


def test_points_land_where_the_axes_say() -> None:
    root = _drawn(_plot())
    area = _area(root)
    width, height = area.right - area.left, area.bottom - area.top

    def place(time: float, value: float) -> tuple[float, float]:
        return area.left + time / 20 * width, area.bottom - value / 5 * height

    wanted = [place(*corner) for corner in corners(POINTS)]
    assert places(_only(root, "line")) == [pytest.approx(one, abs=0.1) for one in wanted]


def test_a_line_without_steps_joins_its_points() -> None:
    line = places(_only(_drawn(_plot([Series("depth", POINTS, steps=False)])), "line"))
    assert len(line) == len(POINTS)


def test_a_line_that_comes_back_is_drawn_back() -> None:
    """Places that repeat were once left out anywhere, not only next to each other: lines and bands lost their edges."""
    points = [(0.0, 2.0), (50000.0, 1.0), (50000.1, 2.0), (100000.0, 2.0)]
    line = places(_only(_drawn(_plot([Series("ready", points)])), "line"))
    assert [y for _, y in line] == [line[0][1], line[0][1], line[2][1], line[0][1], line[0][1]]


def test_a_band_is_bounded_by_steps() -> None:
    low: Points = [(0, 1), (10, 2), (20, 2)]
    high: Points = [(0, 3), (10, 4), (20, 4)]
    band = places(_only(_drawn(_plot(bands=[Band("allowed", low, high)])), "band"))
    assert len(band) == 8
    assert all(one[0] == two[0] or one[1] == two[1] for one, two in pairwise(band))


@pytest.mark.parametrize(("limit", "above", "below"), [(at_least(2), False, True), (at_most(4), True, False)])
def test_the_forbidden_side_of_a_limit_is_tinted(limit: Limit, above: bool, below: bool) -> None:
    root = _drawn(_plot(limits=[LimitLine("budget", limit)]))
    area, level = _area(root), float(_only(root, "limit", "line").get("y1", ""))
    tint = _only(root, "forbidden")
    top = float(tint.get("y", ""))
    bottom = top + float(tint.get("height", ""))
    assert (top == pytest.approx(area.top), bottom == pytest.approx(level)) == (above, above)
    assert (top == pytest.approx(level), bottom == pytest.approx(area.bottom)) == (below, below)


def test_an_exact_limit_has_no_side() -> None:
    assert not list(with_class(_drawn(_plot(limits=[LimitLine("wanted", exactly(3))])), "forbidden"))


def test_a_limit_is_named_on_the_plot() -> None:
    text = _only(_drawn(_plot(limits=[LimitLine("budget", at_least(2))])), "limit", "text").text
    assert text == "budget: at least\N{NO-BREAK SPACE}2"


def test_an_event_after_the_last_point_still_lies_on_the_axis() -> None:
    root = _drawn(_plot(events=[PlotEvent(40, "deploy fails", until=50)]))
    assert float(_only(root, "event", "line").get("x1", "")) < _area(root).right
    span = _only(root, "span")
    assert float(span.get("x", "")) + float(span.get("width", "")) == pytest.approx(_area(root).right, abs=0.1)


def test_the_first_line_lies_on_top() -> None:
    """The measured line must not hide behind what is allowed."""
    lines = list(
        with_class(_drawn(_plot([Series("measured", POINTS), Series("allowed", POINTS, dashed=True)])), "line")
    )
    assert [line.get("class") for line in lines] == ["line c2 dashed", "line c1"]


def test_one_point_is_enough_for_a_plot() -> None:
    assert places(_only(_drawn(_plot([Series("ready", [(0, 0)])])), "line"))
