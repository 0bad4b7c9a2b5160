from collections import Counter
from itertools import product
from typing import Any, cast

import lightkube
import pytest
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Node

from api_platform.proof.resilience.placement import (
    NodePlace,
    by_zone,
    left_without_a_zone,
    most_in_one_zone,
    places,
    skew,
    worst_zone,
    zone_skews,
)
from tests.proof.resilience.building import NODES, pod, pods


class ApiServer:
    """Lists what it was given."""

    def __init__(self, *found: Any) -> None:
        self.found = found

    def list(self, *_: object, **__: object) -> Any:
        return iter(self.found)


def client(*found: Any) -> lightkube.Client:
    return cast(lightkube.Client, ApiServer(*found))


def node(name: str, zone: str, ready: str = "True", taint: str | None = None, **labels: str) -> Node:
    taints = [{"key": taint, "effect": "NoExecute"}] if taint else []
    made = Node.from_dict(
        {
            "metadata": {"name": name, "labels": {"topology.kubernetes.io/zone": zone, **labels}},
            "spec": {"taints": taints},
            "status": {"conditions": [{"type": "Ready", "status": ready}]},
        }
    )
    return cast(Node, made)


def deployment(**constraint: object) -> Deployment:
    spread = {"topologyKey": "topology.kubernetes.io/zone", "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule"}
    made = Deployment.from_dict(
        {
            "metadata": {"name": "api-service"},
            "spec": {
                "selector": {},
                "template": {"spec": {"containers": [], "topologySpreadConstraints": [{**spread, **constraint}]}},
            },
        }
    )
    return cast(Deployment, made)


def test_nodes_come_by_zone_and_name() -> None:
    found = places(client(node("two", "b"), node("three", "a", workload="media-processing"), node("one", "a")))
    assert [place.name for place in found] == ["one", "three", "two"]
    assert [place.pool for place in found] == [None, "media-processing", None]


@pytest.mark.parametrize(("status", "ready"), [("True", True), ("False", False), ("Unknown", False)])
def test_a_node_that_is_silent_is_not_ready(status: str, ready: bool) -> None:
    assert places(client(node("one", "a", status)))[0].ready is ready


def test_a_node_is_lost_by_its_taint_and_not_by_that_of_its_pool() -> None:
    lost, of_pool = node("one", "a", taint="node.kubernetes.io/unreachable"), node("two", "a", taint="workload")
    assert [place.lost for place in places(client(lost, of_pool))] == [True, False]


def test_pods_are_counted_by_the_zone_of_their_node() -> None:
    counts = by_zone([*pods("api-service", "system-a", "system-a", "system-c"), pod(node="")], NODES)
    assert counts == {"a": Counter({"api-service": 2}), "b": Counter(), "c": Counter({"api-service": 1})}


def test_an_empty_zone_counts_in_the_skew() -> None:
    """Two pods in one of three zones are two apart, though no other zone has any."""
    assert skew(by_zone(pods("api-service", "system-a", "system-a"), NODES), "api-service") == 2


@pytest.mark.parametrize(("pod_count", "kept"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4), (7, 4), (100, 66)])
def test_without_one_of_three_zones_about_two_thirds_are_kept(pod_count: int, kept: int) -> None:
    assert left_without_a_zone(pod_count, zones=3) == kept


@pytest.mark.parametrize("max_skew", [1, 2, 3])
@pytest.mark.parametrize("zones", [1, 2, 3])
def test_the_most_in_one_zone_is_that_of_the_worst_placement_that_the_spread_allows(zones: int, max_skew: int) -> None:
    """Tried out: every way to place the pods."""
    worst: dict[int, int] = {}
    for placed in product(range(7), repeat=zones):
        if max(placed) - min(placed) <= max_skew or zones == 1:
            worst[sum(placed)] = max(worst.get(sum(placed), 0), *placed, 0)
    for count in range(1, 7):
        assert most_in_one_zone(count, zones, max_skew) == worst[count]


def test_the_worst_zone_takes_the_most_pods() -> None:
    assert worst_zone(by_zone(pods("api-service", "system-a", "system-b", "system-b"), NODES)) == "b"


def test_of_equal_zones_the_worst_takes_a_whole_workload() -> None:
    seen = [
        *pods("api-service", "system-a", "system-b", "system-c"),
        *pods("media-service", "media-processing-a", "media-processing-b"),
        *pods("data-export", "system-c"),
    ]
    assert worst_zone(by_zone(seen, NODES)) == "c"


def test_the_skew_that_a_workload_insists_on_is_read_from_its_deployment() -> None:
    assert zone_skews(client(deployment()), "production") == {"api-service": 1}


@pytest.mark.parametrize(
    "constraint", [{"whenUnsatisfiable": "ScheduleAnyway"}, {"topologyKey": "kubernetes.io/hostname"}]
)
def test_a_wish_and_a_spread_over_nodes_allow_any_skew_of_zones(constraint: dict[str, object]) -> None:
    assert zone_skews(client(deployment(**constraint)), "production") == {}


def test_a_place_is_plain_data() -> None:
    assert places(client(node("one", "a"))) == [NodePlace("one", "a", None, ready=True, lost=False)]
