from typing import Any

import pytest

from api_platform.environment import ENVIRONMENT_NAMES
from tests.kubernetes.pods import pod_of
from tests.specs import a_workload, an_environment

WORKLOAD = a_workload(name="orders")
ZONE = "topology.kubernetes.io/zone"
HOSTNAME = "kubernetes.io/hostname"

both_spreads = pytest.mark.parametrize("key", [ZONE, HOSTNAME])


def spread(key: str, environment: str = "production") -> dict[str, Any]:
    constraints = pod_of(WORKLOAD, an_environment(name=environment))["topologySpreadConstraints"]
    (constraint,) = (one for one in constraints if one["topologyKey"] == key)
    return dict(constraint)


def test_pods_spread_over_zones_and_nodes_and_nothing_else() -> None:
    keys = [one["topologyKey"] for one in pod_of(WORKLOAD)["topologySpreadConstraints"]]
    assert keys == [ZONE, HOSTNAME]


@both_spreads
def test_no_place_has_more_than_one_pod_more_than_another(key: str) -> None:
    assert spread(key)["maxSkew"] == 1


@both_spreads
def test_only_pods_of_one_rollout_are_counted(key: str) -> None:
    """Without it the new pods are placed around the old ones, and stay unevenly spread when those have gone."""
    assert spread(key)["matchLabelKeys"] == ["pod-template-hash"]


@both_spreads
def test_only_the_workloads_own_pods_are_counted(key: str) -> None:
    assert spread(key)["labelSelector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_the_spread_over_zones_is_kept_where_a_zone_must_be_survived(environment: str) -> None:
    assert spread(ZONE, environment)["whenUnsatisfiable"] == "DoNotSchedule"


def test_development_would_rather_run_unevenly_than_not_at_all() -> None:
    assert spread(ZONE, "development")["whenUnsatisfiable"] == "ScheduleAnyway"


def test_the_spread_over_nodes_is_a_wish() -> None:
    """As a demand it would stop a rollout wherever there are fewer nodes than pods."""
    assert spread(HOSTNAME)["whenUnsatisfiable"] == "ScheduleAnyway"


@both_spreads
@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_a_number_of_places_is_demanded_only_where_the_spread_is(key: str, environment: str) -> None:
    """`minDomains` beside ScheduleAnyway is refused by the API server."""
    constraint = spread(key, environment)
    assert constraint["whenUnsatisfiable"] == "DoNotSchedule" or "minDomains" not in constraint


def test_nodes_that_the_pods_may_not_use_are_not_counted() -> None:
    """A lost zone's nodes are tainted. Counted as empty, they would hold back the pods that replace the lost ones."""
    assert spread(ZONE)["nodeTaintsPolicy"] == "Honor"


def test_pods_keep_off_nodes_that_hold_another_of_them() -> None:
    (term,) = pod_of(WORKLOAD)["affinity"]["podAntiAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"]
    assert term == {
        "weight": 100,
        "podAffinityTerm": {
            "topologyKey": HOSTNAME,
            "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "orders"}},
        },
    }


def test_keeping_off_is_no_demand() -> None:
    assert "requiredDuringSchedulingIgnoredDuringExecution" not in pod_of(WORKLOAD)["affinity"]["podAntiAffinity"]


def test_a_workload_with_a_node_pool_runs_there_alone() -> None:
    pod = pod_of(a_workload(node_pool="media-processing"))
    assert pod["nodeSelector"] == {"workload": "media-processing"}


def test_it_tolerates_the_taint_of_its_pool_and_no_other() -> None:
    pod = pod_of(a_workload(node_pool="media-processing"))
    assert pod["tolerations"] == [
        {"key": "workload", "operator": "Equal", "value": "media-processing", "effect": "NoSchedule"}
    ]


def test_other_workloads_use_the_common_nodes() -> None:
    assert {"nodeSelector", "tolerations"}.isdisjoint(pod_of(WORKLOAD))
