from typing import Any

from api_platform.proof.scaling.observer import DeploymentReplicas, Observer, replicas


def standing(workload: str = "api-service", *, wanted: int = 3, ready: int = 3) -> DeploymentReplicas:
    return DeploymentReplicas(workload, wanted, ready)


def observer() -> Observer:
    """Observe with a clock that ticks once for each change."""
    moments = iter(range(1000))
    return Observer(lambda: float(next(moments)))


def test_changes_are_noted_with_their_moment() -> None:
    seen = observer()
    seen.note([standing()])
    seen.note([standing(wanted=5)])
    seen.note([standing(wanted=5, ready=5)])
    assert seen.replicas("api-service").points == ((0, 3), (1, 5))
    assert seen.ready("api-service").points == ((0, 3), (2, 5))
    assert (seen.wanted_now("api-service"), seen.ready_now("api-service")) == (5, 5)


def test_a_deployment_without_ready_pods_has_none() -> None:
    """The API server leaves the count out then."""
    deployment: dict[str, Any] = {"metadata": {"name": "api-service"}, "spec": {"replicas": 3}, "status": {}}
    assert replicas(deployment) == standing(ready=0)
    assert replicas({**deployment, "status": {"readyReplicas": 3}}) == standing()


def test_workloads_are_kept_apart_and_unknown_ones_have_nothing() -> None:
    seen = observer()
    seen.note([standing(), standing("media-service", wanted=2)])
    assert (seen.wanted_now("media-service"), seen.wanted_now("gone")) == (2, 0)
