from api_platform.environment import load_environments
from api_platform.proof.scaling.time_scale import faster_behavior
from api_platform.proof.scenarios import scaling
from api_platform.proof.scenarios.scaling import BY_MEMORY, FACTOR, PATIENCE_SECONDS, SCENARIO
from api_platform.service import QueueScaling
from api_platform.services import all_services
from eks_twin.control_plane import Settings
from eks_twin.measure.behavior import behavior_of
from tests.eks_twin.measure.test_curve import rise
from tests.proof.scaling.measuring import behavior
from tests.proof.scaling.test_time_scale import API, PROCESSOR

(PRODUCTION,) = load_environments("production", {})


def test_the_time_scale_divides_the_policies_of_all_workloads() -> None:
    for manifest in (API, PROCESSOR):
        assert faster_behavior(manifest, FACTOR)


def test_scaled_by_the_factor_an_autoscaler_looks_as_often_as_on_eks() -> None:
    """Otherwise the measured curve would not be the platform's: see the sync periods that stretch it in test_curve."""
    assert Settings().autoscaler_period * FACTOR == 15


def test_patience_is_longer_than_the_policy_takes_up_and_down() -> None:
    up = rise(behavior()).first(100)
    assert up
    down = 300 + 24 * 60
    assert (up + down) / FACTOR < PATIENCE_SECONDS


def test_workloads_that_scale_by_memory_are_real_ones_without_a_queue() -> None:
    workloads = {workload.name: workload for service in all_services(PRODUCTION) for workload in service.workloads}
    assert workloads.keys() >= BY_MEMORY
    assert not any(isinstance(workloads[name].scaling, QueueScaling) for name in BY_MEMORY)


def test_the_node_groups_may_have_as_many_nodes_as_the_environment_says() -> None:
    assert scaling._maxima(PRODUCTION) == {"system": 60, "media-processing": 24}


def test_the_scenario_needs_keda() -> None:
    assert "keda" in SCENARIO.needs
    assert behavior_of(PROCESSOR).maximum == 100
