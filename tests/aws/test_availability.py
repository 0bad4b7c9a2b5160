"""How firmly the ground stands, of every release; what charts make of it is in releases/test_rendered_charts.py."""

import pytest

from api_platform.aws.availability import EVERY_NODE, GROUND, ChartKeys, Component, merged
from api_platform.aws.releases import all_releases
from api_platform.environment import load_environments
from api_platform.service import Cpu, Memory
from api_platform.services import all_services

pytestmark = pytest.mark.aws

COMPONENTS = {
    f"{environment.name}-{release.name}-{component.name}": component
    for environment in load_environments()
    for release in all_releases(
        environment.model_copy(update={"vertical_pod_autoscaler": True}), all_services(environment)
    )
    for component in release.components
}
every_component = pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS.keys())
KEYS = ChartKeys("a.resources", "a.priority", "a.replicas", "a.spread", "a.budget.min", "a.budget.enabled")
LABELS = {"app": "a"}


@every_component
def test_one_can_go_or_it_is_said_why_one_is_enough(component: Component) -> None:
    assert component.per_node or component.replicas >= 2 or component.alone_because
    assert not (component.replicas >= 2 and component.alone_because)


@every_component
def test_its_priority_is_above_every_service(component: Component) -> None:
    """The scheduler evicts what is below, budget or not: istiod went for a worker's sake."""
    assert component.priority in {GROUND, EVERY_NODE}
    assert component.per_node or component.keys.priority


def test_a_chart_is_told_all_of_it() -> None:
    found = Component("a", KEYS, Cpu(50), Memory.mebibytes(64), LABELS, replicas=3).values["a"]
    assert found["resources"] == {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "64Mi"}}
    assert (found["priority"], found["replicas"]) == (GROUND, 3)
    assert found["budget"] == {"min": 2, "enabled": True}
    assert [one["topologyKey"] for one in found["spread"]] == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
    assert {one["labelSelector"]["matchLabels"]["app"] for one in found["spread"]} == {"a"}


def test_a_budget_of_one_replica_would_stop_every_drain() -> None:
    alone = Component("a", KEYS, Cpu(50), Memory.mebibytes(64), LABELS, replicas=1, alone_because="of a reason")
    assert "budget" not in alone.values["a"]


def test_what_is_on_every_node_has_the_priority_of_a_nodes_parts() -> None:
    assert Component("a", KEYS, Cpu(50), Memory.mebibytes(64), LABELS, per_node=True).priority == EVERY_NODE


def test_values_are_joined_at_any_depth() -> None:
    assert merged({"a": {"b": 1}, "c": 1}, {"a": {"d": 2}, "c": 2}) == {"a": {"b": 1, "d": 2}, "c": 2}
