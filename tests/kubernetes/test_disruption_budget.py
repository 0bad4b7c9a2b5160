from typing import Any

import pytest

from api_platform.kubernetes.disruption_budget import disruption_budget
from api_platform.service import Budget, MaxUnavailable, MinAvailable
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

either_bound = pytest.mark.parametrize(
    "budget", [MinAvailable(pods=2), MaxUnavailable(pods=1)], ids=["minimum", "maximum"]
)


def rendered(budget: Budget) -> Manifest:
    workload = a_workload(name="orders", budget=budget)
    return object_of(
        lambda chart: disruption_budget(
            chart, in_context(an_environment(name="staging"), a_service(workload), workload)
        )
    )


def spec_of(budget: Budget) -> dict[str, Any]:
    return dict(rendered(budget)["spec"])


def test_so_many_pods_stay_ready() -> None:
    assert spec_of(MinAvailable(pods=2))["minAvailable"] == 2


def test_so_many_pods_may_be_missing() -> None:
    assert spec_of(MaxUnavailable(pods=1))["maxUnavailable"] == 1


@either_bound
def test_there_is_one_bound(budget: Budget) -> None:
    """Both pass the schema, and the API server refuses them."""
    assert len({"minAvailable", "maxUnavailable"} & set(spec_of(budget))) == 1


@either_bound
def test_a_pod_that_is_not_ready_may_always_be_evicted(budget: Budget) -> None:
    """By default a crashing workload never meets its budget, and no node under it could ever be drained."""
    assert spec_of(budget)["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


def test_it_counts_the_workloads_own_pods() -> None:
    assert spec_of(MinAvailable(pods=1))["selector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}


def test_it_is_of_the_api_that_clusters_still_serve() -> None:
    """`policy/v1beta1` is gone since Kubernetes 1.25."""
    assert rendered(MinAvailable(pods=1))["apiVersion"] == "policy/v1"


def test_it_is_named_after_its_workload() -> None:
    metadata = rendered(MinAvailable(pods=1))["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", "orders")
