from collections.abc import Sequence
from typing import Any

import pytest
import yaml

from api_platform.environment import ROOT
from eks_twin.measure.behavior import Behavior, Policy, ReplicaChange, Rules, Select, behavior_of, highest, lowest

HALF, TEN = Policy("Percent", 50, 60), Policy("Pods", 10, 60)
TENTH = Policy("Percent", 10, 60)


def up_to(
    replicas: int, *, select: Select = "Min", ups: Sequence[ReplicaChange] = (), downs: Sequence[ReplicaChange] = ()
) -> int:
    return highest(Rules((HALF, TEN), select), 100, replicas, ups, downs)


def down_to(replicas: int, *policies: Policy, select: Select = "Max", downs: Sequence[ReplicaChange] = ()) -> int:
    return lowest(Rules(policies or (TENTH,), select), 100, replicas, (), downs)


@pytest.mark.parametrize(("replicas", "most"), [(1, 2), (2, 3), (3, 5), (20, 30), (21, 31), (97, 107)])
def test_min_of_two_policies_is_the_stricter_one_on_the_way_up(replicas: int, most: int) -> None:
    assert up_to(replicas) == most


@pytest.mark.parametrize(("replicas", "most"), [(3, 13), (20, 30), (23, 35), (80, 120)])
def test_max_of_two_policies_is_the_laxer_one_on_the_way_up(replicas: int, most: int) -> None:
    assert up_to(replicas, select="Max") == most


@pytest.mark.parametrize(("replicas", "least"), [(100, 90), (81, 72), (10, 9), (4, 3), (1, 0)])
def test_a_share_is_rounded_down_on_the_way_down_so_that_small_numbers_can_shrink(replicas: int, least: int) -> None:
    assert down_to(replicas) == least


def test_max_of_two_policies_is_the_laxer_one_on_the_way_down() -> None:
    assert down_to(100, TENTH, Policy("Pods", 4, 60)) == 90


def test_min_of_two_policies_is_the_stricter_one_on_the_way_down() -> None:
    assert down_to(100, TENTH, Policy("Pods", 4, 60), select="Min") == 96


def test_disabled_moves_nothing() -> None:
    assert (up_to(7, select="Disabled"), down_to(7, select="Disabled")) == (7, 7)


def test_what_came_within_the_period_counts_against_it() -> None:
    """Without it, each sync would add half of what there is: +50 % every 15 seconds."""
    assert up_to(5, ups=[ReplicaChange(41, 2)]) == 5


def test_what_came_a_whole_period_ago_no_longer_counts() -> None:
    assert up_to(5, ups=[ReplicaChange(40, 2)]) == 8


def test_what_went_within_the_period_may_come_back() -> None:
    assert up_to(90, downs=[ReplicaChange(70, 10)]) == 110


def test_a_limit_never_turns_the_direction() -> None:
    """After a fast fall, the start of the period lies above: the limit down must not pull the replicas up."""
    assert down_to(50, downs=[ReplicaChange(90, 50)]) == 50


PLATFORM_POLICY = (Rules((HALF, TEN), "Min"), Rules((TENTH,), "Max", 300))


def emitted(kind: str, name: str) -> dict[str, Any]:
    service = "worker-service" if kind == "ScaledObject" else name
    documents = yaml.safe_load_all((ROOT / "tests" / "golden" / "production" / f"{service}.yaml").read_text())
    return next(each for each in documents if each["kind"] == kind and each["metadata"]["name"] == name)


def test_the_behavior_of_an_emitted_autoscaler_is_read() -> None:
    assert behavior_of(emitted("HorizontalPodAutoscaler", "api-service")) == Behavior(*PLATFORM_POLICY, 3, 100)


def test_the_behavior_of_an_emitted_scaled_object_is_read() -> None:
    assert behavior_of(emitted("ScaledObject", "media-processor")) == Behavior(*PLATFORM_POLICY, 2, 100)


def test_what_an_autoscaler_leaves_out_has_the_defaults_of_kubernetes() -> None:
    manifest = {"kind": "HorizontalPodAutoscaler", "spec": {"maxReplicas": 9}}
    up = Rules((Policy("Percent", 100, 15), Policy("Pods", 4, 15)))
    assert behavior_of(manifest) == Behavior(up, Rules((Policy("Percent", 100, 15),), window=300), 1, 9)
