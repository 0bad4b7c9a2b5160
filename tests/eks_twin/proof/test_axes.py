"""Labels of events do not cover each other."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.proof.axes import Area, Events, time_axis
from eks_twin.proof.plot import PlotEvent
from eks_twin.proof.scale import Scale

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code

X = Scale(0, 100, 40, 320)
SOME_EVENTS = st.lists(st.builds(PlotEvent, st.floats(0, 100), st.text("abc ", max_size=60)), max_size=12)


@UNHURRIED
@given(SOME_EVENTS)
def test_no_label_covers_another_and_none_leaves_the_drawing(events: list[PlotEvent]) -> None:
    placed = Events.lay_out(events, X).placed
    assert len(placed) == len(events)
    for one, other in combinations(placed, 2):
        assert one.lane != other.lane or one.end <= other.start or other.end <= one.start
    assert all(X.start <= one.start and one.end <= X.end + 1e-6 for one in placed)


def test_events_far_apart_share_a_line() -> None:
    assert Events.lay_out([PlotEvent(0, "first"), PlotEvent(60, "second")], X).height == 15


def test_without_events_no_room_is_lost() -> None:
    assert Events.lay_out([], X).height == 0


def test_labels_come_last_so_that_no_line_crosses_them() -> None:
    area = Area(40, 60, 320, 200)
    drawn = Events.lay_out([PlotEvent(5, "a", until=20), PlotEvent(6, "b")], X).draw(area, X)
    assert [part.tag for part in drawn] == ["rect", "line", "line", "text", "text"]


def test_the_time_axis_says_which_time_it_is() -> None:
    drawn = time_axis(Area(40, 0, 320, 100), X, "scenario time, 30 times the clock's")
    assert drawn[-1].text == "scenario time, 30 times the clock's"
