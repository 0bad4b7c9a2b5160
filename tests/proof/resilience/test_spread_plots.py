from api_platform.proof.resilience.spread_plots import plots
from eks_twin.proof.plot import StackedBars
from tests.proof.resilience.test_spread import PLACED, spread


def test_every_pod_is_in_a_bar_of_its_zone_and_in_one_of_its_node() -> None:
    bars = [plot for plot in plots(spread()) if isinstance(plot, StackedBars)]
    assert [len(plot.bars) for plot in bars] == [3, 6]
    for plot in bars:
        assert sum(sum(layer.values) for layer in plot.layers) == len(PLACED)
