from api_platform.proof.scaling.plots import plots
from api_platform.proof.scaling.report import Nodes, Scaled
from eks_twin.measure.steps import Steps
from tests.proof.scaling.measuring import measured, worker

SCALED = Scaled([measured(), worker()], [Nodes("system", Steps([(-40, 6), (300, 9)]), 60)], factor=20, node_delay=60)
API, EXPORT, BACKLOGS, NODES = plots(SCALED)


def test_each_workload_is_drawn_beside_the_exact_curve_of_its_policy() -> None:
    wanted, curve, ready = API.series
    assert (wanted.dashed, curve.dashed, ready.dashed) == (False, True, False)
    assert (720, 100) in curve.points


def test_lines_begin_with_the_load_and_reach_to_the_end() -> None:
    """The scenario's own preparations, before the load, are no part of it."""
    for plot in (API, EXPORT, NODES):
        for series in plot.series:
            assert (series.points[0][0], series.points[-1][0]) == (0, 3000)


def test_the_time_scale_stands_on_every_plot() -> None:
    assert {plot.time for plot in (API, EXPORT, BACKLOGS, NODES)} == {"scenario time: 1 s of the clock is 20 s here"}


def test_what_happened_is_marked() -> None:
    assert [(event.at, event.label) for event in API.events] == [(900, "load off")]
    assert [(event.at, event.label) for event in EXPORT.events] == [(1200, "drained")]


def test_backlogs_of_any_size_share_an_axis() -> None:
    (series,) = BACKLOGS.series
    assert (series.label, series.points[0]) == ("data-export", (0, 100))
