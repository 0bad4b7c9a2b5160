import pytest

from api_platform.errors import InputError
from api_platform.service import QueueScaling, ScalingBehavior, UtilizationScaling


def test_a_minimum_above_the_maximum_is_refused_with_both_ways_out() -> None:
    with pytest.raises(InputError) as refused:
        UtilizationScaling(minimum=5, maximum=4)
    assert str(refused.value) == (
        "UtilizationScaling: minimum 5 is above maximum 4. Lower the minimum, or raise the maximum (in the spec, or "
        "under [replicas] in the environment file)."
    )


def test_a_queues_minimum_above_its_maximum_is_refused_too() -> None:
    with pytest.raises(InputError, match=r"^QueueScaling: minimum 5 is above maximum 4"):
        QueueScaling(minimum=5, maximum=4, messages_per_pod=1)


def test_minimum_and_maximum_may_be_one() -> None:
    assert UtilizationScaling(minimum=4, maximum=4).maximum == 4


def test_nothing_scales_to_zero() -> None:
    with pytest.raises(InputError, match=r"minimum: must be 1 or more, got 0\."):
        UtilizationScaling(minimum=0, maximum=4)


def test_a_maximum_that_no_cluster_holds_is_refused() -> None:
    with pytest.raises(InputError, match=r"maximum: must be 5000 or less, got 5001\."):
        UtilizationScaling(minimum=1, maximum=5001)


@pytest.mark.parametrize("percent", [0, 101])
@pytest.mark.parametrize("target", ["cpu_percent", "memory_percent"])
def test_a_target_is_a_share_of_the_request(target: str, percent: int) -> None:
    with pytest.raises(InputError, match=f"^UtilizationScaling: {target}: must be "):
        UtilizationScaling(**{"minimum": 1, "maximum": 2, target: percent})  # type: ignore[arg-type]


def test_the_targets_are_70_percent_of_cpu_and_80_of_memory() -> None:
    scaling = UtilizationScaling(minimum=1, maximum=2)
    assert (scaling.cpu_percent, scaling.memory_percent) == (70, 80)


def test_replicas_grow_by_half_or_by_ten_a_minute_whichever_is_less() -> None:
    """With Max, both figures would be lower bounds: the product asks for upper ones."""
    behavior = UtilizationScaling(minimum=1, maximum=2).behavior
    assert (behavior.up_percent, behavior.up_pods, behavior.up_select) == (50, 10, "Min")


def test_replicas_go_by_a_tenth_a_minute_after_five_calm_minutes() -> None:
    behavior = QueueScaling(minimum=1, maximum=2, messages_per_pod=1).behavior
    assert (behavior.down_percent, behavior.down_stabilization_seconds) == (10, 300)


def test_only_the_two_selections_that_kubernetes_knows_to_scale_by_are_taken() -> None:
    with pytest.raises(InputError, match=r"up_select: must be 'Min' or 'Max', got 'Disabled'\."):
        ScalingBehavior(up_select="Disabled")  # type: ignore[arg-type]


def test_calm_lasts_an_hour_at_most() -> None:
    """As the HorizontalPodAutoscaler's own limit has it."""
    with pytest.raises(InputError, match="down_stabilization_seconds: must be 3600 or less"):
        ScalingBehavior(down_stabilization_seconds=3601)


def test_a_replica_is_for_one_message_at_least() -> None:
    with pytest.raises(InputError, match=r"messages_per_pod: must be 1 or more, got 0\."):
        QueueScaling(minimum=1, maximum=2, messages_per_pod=0)
