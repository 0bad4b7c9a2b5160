import pytest

from api_platform.proof.admission.bad_pod import PodTrial, bad, pods_of, spoiled, try_pod
from api_platform.proof.mesh_analysis.draft import put
from eks_twin.errors import TwinError
from eks_twin.objects.api import Answer
from tests.eks_twin.objects.fake_api import FakeServer, service
from tests.whole_platform import rendering_of

SERVICE = service()
TOO_HIGH = bad("A port above 65535", "must be between", put("Service api-service", "spec ports", [70000]))


def trial(message: str = "spec.ports: must be between 1 and 65535", *, accepted: bool = False) -> PodTrial:
    return PodTrial(TOO_HIGH, Answer(accepted, {"reason": "Invalid", "message": message}))


def test_a_refusal_for_the_stated_reason_counts() -> None:
    assert trial().refused


def test_a_refusal_for_another_reason_does_not() -> None:
    """The pod would be bad in two ways, and nobody knows whether ours is seen."""
    assert not trial("spec.selector: Required value").refused


def test_what_is_accepted_is_not_refused_whatever_it_says() -> None:
    assert not trial(accepted=True).refused


def test_spoiling_leaves_the_whole_one_as_it_is() -> None:
    assert spoiled(TOO_HIGH, [SERVICE]) == {**service(), "spec": {"type": "ClusterIP", "ports": [70000]}}
    assert service() == SERVICE


def test_a_change_that_leaves_all_as_it_is_is_an_error() -> None:
    """The table's row would try a whole pod."""
    same = bad("Nothing", "x", put("Service api-service", "spec type", "ClusterIP"))
    with pytest.raises(TwinError, match="'Nothing' changes 0 pods"):
        spoiled(same, [SERVICE])


def test_it_is_tried_under_a_name_that_is_free() -> None:
    """Under its own, the API server would only say that it is there already."""
    server = FakeServer()
    try_pod(server.client(), SERVICE)
    assert b'"name":"api-service-again"' in server.written[0].content


def test_each_deployment_has_its_pod_in_its_namespace_with_its_templates_labels() -> None:
    objects = rendering_of("production").objects
    deployments = {one["metadata"]["name"]: one for one in objects if one["kind"] == "Deployment"}
    pods = {pod["metadata"]["name"]: pod for pod in pods_of(objects)}
    assert pods.keys() == deployments.keys()
    for name, pod in pods.items():
        template = deployments[name]["spec"]["template"]
        assert pod["spec"] == template["spec"]
        assert pod["metadata"] == {**template["metadata"], "name": name, "namespace": "production"}
