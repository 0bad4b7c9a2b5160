from dataclasses import replace

from api_platform.proof.resilience.spread import KUBERNETES_PATIENCE
from api_platform.proof.scenarios.spread import PATIENCE_SECONDS, SCENARIO, SHORT
from eks_twin.control_plane import Settings


def test_the_scenario_has_the_name_of_its_file() -> None:
    assert SCENARIO.name == "spread"


def test_the_lost_pods_wait_less_than_kubernetes_lets_them() -> None:
    assert PATIENCE_SECONDS < KUBERNETES_PATIENCE


def test_the_short_form_hurries_with_lost_nodes_and_nothing_else() -> None:
    ours = Settings()
    assert (SHORT.node_grace, SHORT.eviction_step) < (ours.node_grace, ours.eviction_step)
    assert replace(SHORT, node_grace=ours.node_grace, eviction_step=ours.eviction_step) == ours
