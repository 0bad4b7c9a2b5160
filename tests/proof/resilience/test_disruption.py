from dataclasses import replace

import pytest

from api_platform.proof.resilience.disruption import Disruption, leaves_no_room, promised
from api_platform.proof.resilience.draining import Drain, Refusal
from api_platform.proof.resilience.replicas import PAUSED, Resizing
from api_platform.proof.scenarios.disruption import WAY_OUT_REPLICAS
from api_platform.service import MaxUnavailable, MinAvailable, Workload
from tests.proof.resilience.building import pod, recording, services


def workload(name: str) -> Workload:
    return next(each for service in services() for each in service.workloads if each.name == name)


def drained(node: str, *, done: bool = True, refused: str = "") -> Drain:
    refusals = [Refusal(refused, "Cannot evict pod")] if refused else []
    return Drain(node, 0.0, 2.0, done, ["api-service-1"], refusals, "what kubectl said")


WANTED = {"api-service": 3, "media-service": 2, "media-processor": 2, "outbox-processor": 2, "data-export": 1}
BUDGETS = {"api-service": 2, "media-service": 1, "media-processor": 1, "outbox-processor": 1, "data-export": 1}
WAY_OUT = Resizing("data-export", 2, "kubectl annotate", by_keda=True, start=2.0, end=4.5)


def disruption() -> Disruption:
    everything = [pod(f"{name}-{each}", workload=name) for name, count in WANTED.items() for each in range(count)]
    waits = drained("two", done=False, refused="data-export-0")
    together = [drained("one", done=False, refused="api-service-2"), drained("two", done=False)]
    return Disruption(
        services=services(),
        nodes=["one", "two"],
        wanted=WANTED,
        budgets=BUDGETS,
        drains=[drained("one"), waits, drained("two")],
        together=together,
        ways_out=[WAY_OUT],
        recording=recording((0.0, everything), (1.0, everything[1:]), (2.0, everything)),
    )


def test_a_node_that_waited_and_was_drained_then_is_drained() -> None:
    seen = disruption()
    assert not seen.undrained
    assert [drain.node for drain in seen.waited] == ["two"]


def test_a_node_that_was_never_emptied_is_not() -> None:
    assert replace(disruption(), drains=[drained("one")]).undrained == ["two"]


def test_the_fewest_pods_are_those_of_the_worst_moment() -> None:
    assert disruption().least("api-service") == 2


@pytest.mark.parametrize(("budget", "kept"), [(MinAvailable(pods=2), 2), (MaxUnavailable(pods=1), 4)])
def test_both_kinds_of_budget_are_a_number_of_pods_that_stay(budget: MinAvailable | MaxUnavailable, kept: int) -> None:
    assert promised(workload("api-service").model_copy(update={"budget": budget}), replicas=5) == kept


def test_only_the_workload_that_says_so_leaves_no_room_in_production() -> None:
    tight = [name for name, replicas in WANTED.items() if leaves_no_room(workload(name), replicas)]
    assert tight == ["data-export"]


def test_a_second_replica_makes_room() -> None:
    assert not leaves_no_room(workload("data-export"), WAY_OUT_REPLICAS)


def test_the_way_out_is_the_one_that_the_spec_names() -> None:
    """Who drains a node reads the spec; the proof must show that very recipe."""
    (reason,) = workload("data-export").acknowledged.values()
    assert f"{PAUSED}: '{WAY_OUT_REPLICAS}'" in reason
