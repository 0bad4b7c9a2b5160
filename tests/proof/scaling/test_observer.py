from lightkube.models.apps_v1 import DeploymentSpec, DeploymentStatus
from lightkube.models.core_v1 import PodSpec, PodTemplateSpec
from lightkube.models.meta_v1 import LabelSelector, ObjectMeta
from lightkube.resources.apps_v1 import Deployment

from api_platform.proof.scaling.observer import Observer


def deployment(name: str = "api-service", *, wanted: int | None = 3, ready: int | None = 3) -> Deployment:
    template = PodTemplateSpec(metadata=ObjectMeta(), spec=PodSpec(containers=[]))
    return Deployment(
        metadata=ObjectMeta(name=name),
        spec=DeploymentSpec(replicas=wanted, selector=LabelSelector(), template=template),
        status=DeploymentStatus(readyReplicas=ready),
    )


def observer() -> Observer:
    """Observe with a clock that ticks once for each change."""
    moments = iter(range(1000))
    return Observer(lambda: float(next(moments)))


def test_changes_are_noted_with_their_moment() -> None:
    seen = observer()
    seen.replace([deployment()])
    seen.apply("MODIFIED", deployment(wanted=5))
    seen.apply("MODIFIED", deployment(wanted=5, ready=5))
    assert [value for _, value in seen.replicas("api-service").points] == [3, 5]
    assert [value for _, value in seen.ready("api-service").points] == [3, 5]
    assert (seen.wanted_now("api-service"), seen.ready_now("api-service")) == (5, 5)


def test_a_deployment_without_ready_pods_has_none() -> None:
    """The API server leaves the count out then."""
    seen = observer()
    seen.apply("ADDED", deployment(ready=None))
    assert seen.ready_now("api-service") == 0


def test_workloads_are_kept_apart_and_unknown_ones_have_nothing() -> None:
    seen = observer()
    seen.replace([deployment(), deployment("media-service", wanted=2)])
    assert (seen.wanted_now("media-service"), seen.wanted_now("gone")) == (2, 0)
