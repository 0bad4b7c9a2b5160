from api_platform.proof.resilience.spread import KUBERNETES_PATIENCE
from api_platform.proof.scenarios.spread import PATIENCE_SECONDS, SCENARIO


def test_the_scenario_has_the_name_of_its_file() -> None:
    assert SCENARIO.name == "spread"


def test_the_lost_pods_wait_less_than_kubernetes_lets_them() -> None:
    assert PATIENCE_SECONDS < KUBERNETES_PATIENCE
