from api_platform.proof.resilience.disruption_plots import plots
from eks_twin.proof.plot import LinePlot, Timeline
from tests.proof.resilience.test_disruption import disruption


def test_the_drains_that_waited_have_a_colour_of_their_own() -> None:
    drains = plots(disruption())[0]
    assert isinstance(drains, Timeline)
    assert drains.kinds == ["drained", "waits for a budget", "all at once: budgets hold"]


def test_each_service_is_drawn_against_its_budgets() -> None:
    shown = [plot for plot in plots(disruption()) if isinstance(plot, LinePlot)]
    assert [[line.limit.value for line in plot.limits] for plot in shown] == [[2], [1], [1]]
