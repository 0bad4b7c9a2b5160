"""Bars are as long as their values, and phases lie where their times say."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

import pytest

from eks_twin.proof.plot import Layer, Phase, PlotEvent, StackedBars, Timeline
from eks_twin.proof.rows import draw_bars, draw_timeline
from tests.eks_twin.proof.reading import with_class

ZONES = StackedBars(
    title="Pods", value="pods", bars=["zone a", "zone b"], layers=[Layer("api", (4, 2)), Layer("media", (2, 0))]
)
STACKS = Timeline(
    title="Stacks",
    phases=[
        Phase("network", 0, 5, "created"),
        Phase("cluster", 5, 10, "created"),
        Phase("cluster", 10, 20, "rolled back", failed=True),
    ],
)


def _root(drawn: tuple[float, Sequence[Element]]) -> Element:
    root = Element("svg")
    root.extend(drawn[1])
    return root


def _spans(root: Element) -> list[tuple[float, float]]:
    bars = with_class(root, "bar")
    return [(float(bar.get("x", "")), float(bar.get("x", "")) + float(bar.get("width", ""))) for bar in bars]


def test_the_parts_of_a_bar_lie_end_to_end_and_are_as_long_as_their_values() -> None:
    spans = _spans(_root(draw_bars(ZONES, 560)))
    left, unit = spans[0][0], (spans[0][1] - spans[0][0]) / 4
    wanted = [(0, 4), (4, 6), (0, 2)]
    assert spans == [pytest.approx((left + start * unit, left + end * unit), abs=0.2) for start, end in wanted]


def test_each_bar_says_its_sum() -> None:
    assert [text.text for text in with_class(_root(draw_bars(ZONES, 560)), "figure")] == ["6 pods", "2 pods"]


def test_an_empty_bar_is_there_too() -> None:
    """A zone that is gone must be seen to be empty."""
    gone = StackedBars(title="Pods", value="pods", bars=["zone a"], layers=[Layer("api", (0,))])
    root = _root(draw_bars(gone, 560))
    assert ([text.text for text in with_class(root, "figure")], _spans(root)) == (["0 pods"], [])


def test_two_plots_with_one_full_width_can_be_compared() -> None:
    def length(full: float) -> float:
        plot = StackedBars(title="Pods", value="pods", bars=["a"], layers=[Layer("api", (5,))], full=full)
        ((start, end),) = _spans(_root(draw_bars(plot, 560)))
        return end - start

    assert length(10) == pytest.approx(length(0) / 2, abs=0.2)


def test_phases_lie_where_their_times_say() -> None:
    spans = _spans(_root(draw_timeline(STACKS, 560)))
    left, unit = spans[0][0], (spans[0][1] - spans[0][0]) / 5
    wanted = [(0, 5), (5, 10), (10, 20)]
    assert spans == [pytest.approx((left + start * unit, left + end * unit), abs=0.3) for start, end in wanted]


def test_phases_of_one_row_share_a_line_and_a_name() -> None:
    root = _root(draw_timeline(STACKS, 560))
    _, first, second = (bar.get("y") for bar in with_class(root, "bar"))
    assert first == second
    assert [text.text for text in with_class(root, "row")] == ["network", "cluster"]


def test_a_failed_phase_has_the_colour_of_failure_and_not_its_kinds() -> None:
    classes = [bar.get("class") for bar in with_class(_root(draw_timeline(STACKS, 560)), "bar")]
    assert classes == ["bar c1", "bar c1", "bar failed"]


def test_a_phase_of_no_length_is_seen() -> None:
    plot = Timeline(title="Stacks", phases=[Phase("a", 0, 0), Phase("b", 0, 100)])
    (start, end), _ = _spans(_root(draw_timeline(plot, 560)))
    assert end - start >= 2


@pytest.mark.parametrize("draw", [lambda width: draw_bars(ZONES, width), lambda width: draw_timeline(STACKS, width)])
def test_names_move_above_their_bars_where_there_is_no_room_beside_them(
    draw: Callable[[float], tuple[float, Sequence[Element]]],
) -> None:
    def anchors(width: float) -> set[str | None]:
        return {text.get("text-anchor") for text in with_class(_root(draw(width)), "row")}

    assert (anchors(900), anchors(120)) == ({"end"}, {"start"})


def test_events_stand_above_a_timeline() -> None:
    plot = Timeline(title="Stacks", phases=[Phase("a", 0, 10)], events=[PlotEvent(5, "refused")])
    root = _root(draw_timeline(plot, 560))
    label = next(with_class(root, "event", "text"))
    assert float(label.get("y", "")) < min(float(bar.get("y", "")) for bar in with_class(root, "bar"))
