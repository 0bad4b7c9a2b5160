import pytest

from api_platform.environment import load_environments
from api_platform.proof.scaling.trial import ScalingTrial, loads
from api_platform.service import Workload
from api_platform.services import all_services
from eks_twin.metrics_api.load import Load, Use
from tests.proof.scaling.measuring import behavior

(PRODUCTION,) = load_environments("production", {})
WORKLOADS = {workload.name: workload for service in all_services(PRODUCTION) for workload in service.workloads}


def trial(workload: Workload, *, by_memory: bool = False) -> ScalingTrial:
    scaling = workload.scaling
    return ScalingTrial(workload, behavior(scaling.minimum, scaling.maximum), by_memory)


API = trial(WORKLOADS["api-service"])
MEDIA = trial(WORKLOADS["media-service"], by_memory=True)
PROCESSOR = trial(WORKLOADS["media-processor"])


def test_the_cpu_asks_for_a_third_more_than_the_maximum_can_give() -> None:
    """70 % of 500m for each of 100 pods, and 30 % more: at exactly that, an autoscaler would stop short of it."""
    assert API.load == Load(cpu=Use(total=45_500))


def test_memory_is_asked_for_in_bytes() -> None:
    assert MEDIA.load == Load(memory=Use(total=int(1.3 * 0.8 * 2 * 2**30 * 50)))


@pytest.mark.parametrize(("each", "measure"), [(API, "CPU"), (MEDIA, "memory"), (PROCESSOR, "queue depth")])
def test_a_trial_says_what_it_scales_by(each: ScalingTrial, measure: str) -> None:
    assert each.measure == measure


def test_a_pod_works_ten_minutes_on_its_share_of_the_messages() -> None:
    assert (PROCESSOR.messages_per_pod, PROCESSOR.job_seconds) == (10, 60)


def test_the_burst_is_enough_for_the_maximum_after_the_way_up() -> None:
    """542 pod-minutes lie between 2 and 100 replicas, in each of which a message is worked off."""
    assert PROCESSOR.messages == 1200 + 542


def test_only_those_without_a_queue_are_under_use() -> None:
    assert list(loads([API, MEDIA, PROCESSOR], "production")) == ["production/api-service", "production/media-service"]


def test_an_idle_workload_seems_to_need_three_eighths_of_its_replicas() -> None:
    """30 % of its memory's request, at a target of 80 %."""
    assert PROCESSOR.at_rest == 0.375
