"""Each plot is drawn for three widths, says what it shows, and never differs between two runs."""

from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.drawing import WIDTHS, describe, drawings, key
from eks_twin.proof.plot import LimitLine, LinePlot, Phase, Plot, PlotEvent, Series, StackedBars, Timeline
from eks_twin.proof.quantities import Limit, at_least
from tests.eks_twin.proof import samples

pytestmark = pytest.mark.slow

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code

PLOTS = [plot for result in samples.results() if result.outcome for plot in result.outcome.plots]
ANY_NUMBER = st.floats(0, 1e12)
ANY_TEXT = st.text(max_size=80)
ANY_EVENTS = st.lists(st.builds(PlotEvent, ANY_NUMBER, ANY_TEXT, st.none() | ANY_NUMBER), max_size=4)


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.title)
def test_a_plot_is_drawn_in_each_width_with_a_title_and_a_description(plot: Plot) -> None:
    assert [drawing.get("class") for drawing in drawings(plot)] == list(WIDTHS)
    for drawing in drawings(plot):
        assert drawing.get("role") == "img"
        assert drawing.findtext("title") == plot.title
        assert drawing.findtext("desc") == describe(plot)


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.title)
def test_nothing_is_drawn_outside_of_its_box(plot: Plot) -> None:
    for drawing in drawings(plot):
        _, _, width, height = map(float, drawing.get("viewBox", "").split())
        for part in drawing.iter():
            x = [float(part.get(key, "0")) for key in ("x", "x1", "x2")]
            y = [float(part.get(key, "0")) for key in ("y", "y1", "y2")]
            assert min(x) >= 0
            assert max(x) <= width
            assert min(y) >= 0
            assert max(y) <= height


def test_the_same_plot_gives_the_same_bytes() -> None:
    once, again = ([tostring(drawing) for plot in PLOTS for drawing in drawings(plot)] for _ in range(2))
    assert once == again


def test_the_key_names_each_colour() -> None:
    plot = LinePlot(
        title="T", value="pods", series=[Series("ready", [(0, 1)]), Series("wanted", [(0, 1)], dashed=True)]
    )
    assert key(plot) == [("ready", "line c1"), ("wanted", "line dashed c2")]


def test_the_key_of_a_timeline_says_what_failure_looks_like() -> None:
    plot = Timeline(title="T", phases=[Phase("a", 0, 1, "created"), Phase("a", 1, 2, "created", failed=True)])
    assert key(plot) == [("created", "bar c1"), ("failed", "bar failed")]


def test_a_single_line_needs_no_key() -> None:
    plot = LinePlot(title="T", value="pods", series=[Series("ready", [(0, 1)])])
    assert not key(plot)


def test_the_description_tells_the_lowest_value_and_the_events() -> None:
    plot = LinePlot(
        title="T",
        value="ready pods",
        series=[Series("ready", [(0, 3), (5, 1), (9, 3)])],
        limits=[LimitLine("budget", at_least(2))],
        events=[PlotEvent(5, "a node is drained")],
    )
    words = describe(plot).replace("\N{NO-BREAK SPACE}", " ")
    assert "ready: from 3 to 3, lowest 1, highest 3." in words
    assert "Limit: budget, at least 2." in words
    assert "After 5 s: a node is drained." in words


def test_bars_and_phases_are_described_too() -> None:
    bars, timeline = (
        next(describe(plot) for plot in PLOTS if isinstance(plot, kind)) for kind in (StackedBars, Timeline)
    )
    assert "eu-central-1a: api-service 4, media-service 2" in bars
    assert "worker-service: created from 21\N{NO-BREAK SPACE}s to 30\N{NO-BREAK SPACE}s." in timeline


@UNHURRIED
@given(
    st.lists(st.tuples(ANY_NUMBER, ANY_NUMBER), min_size=1, max_size=6),
    st.lists(st.builds(LimitLine, ANY_TEXT, st.builds(Limit, st.just("at least"), ANY_NUMBER)), max_size=2),
    ANY_EVENTS,
)
def test_any_line_that_may_be_made_can_be_drawn(
    points: list[tuple[float, float]], limits: list[LimitLine], events: list[PlotEvent]
) -> None:
    """A plot that raises while the page is written would take the results of all scenarios with it."""
    drawings(LinePlot(title="T", value="pods", series=[Series("s", sorted(points))], limits=limits, events=events))


@UNHURRIED
@given(st.lists(st.builds(Phase, ANY_TEXT, ANY_NUMBER, ANY_NUMBER), min_size=1, max_size=6), ANY_EVENTS)
def test_any_timeline_that_may_be_made_can_be_drawn(phases: list[Phase], events: list[PlotEvent]) -> None:
    drawings(Timeline(title="T", phases=phases, events=events))
