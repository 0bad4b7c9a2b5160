from typing import Any

import pytest

from api_platform.proof.admission.broken import (
    Attempt,
    Broken,
    Gate,
    Prepared,
    Trials,
    broken,
    broken_change,
    pods_of,
    prepare,
)
from api_platform.proof.mesh_analysis.draft import put
from eks_twin.errors import TwinError
from eks_twin.objects.api import Answer
from eks_twin.objects.inventory import key_of
from tests.eks_twin.objects.fake_api import FakeServer, service
from tests.whole_platform import rendering_of

SERVICE = service()
TOO_HIGH = broken("A port above 65535", "must be between", put("Service api-service", "spec ports", [70000]))


def attempt(*, accepted: bool = False, custom: bool = False, **status: Any) -> Attempt:
    """Return an attempt that was refused as it must be."""
    body = {"reason": "Invalid", "message": "spec.ports: must be between 1 and 65535", **status}
    return Attempt(TOO_HIGH, key_of(SERVICE), Answer(accepted, body), custom)


def tried(row: Broken, *, control: bool = False) -> tuple[str, str]:
    """Return the method and the path of the trial of a broken Service, or of the whole one."""
    server = FakeServer()
    trials = Trials(server.client(), frozenset())
    prepared = prepare(row, [SERVICE])
    trials.control(prepared) if control else trials.attempt(prepared)
    (request,) = server.written
    return request.method, request.url.path


def test_a_refusal_for_the_stated_reason_counts() -> None:
    assert attempt().refused


def test_a_refusal_for_another_reason_does_not() -> None:
    """The manifest would be broken in two ways, and nobody knows whether ours is seen."""
    assert not attempt(message="spec.selector: Required value").refused


def test_what_is_accepted_is_not_refused_whatever_it_says() -> None:
    assert not attempt(accepted=True).refused
    assert attempt(accepted=True).gate is None


@pytest.mark.parametrize(
    ("reason", "custom", "gate"),
    [
        ("BadRequest", False, Gate.DECODING),
        ("Forbidden", False, Gate.ADMISSION),
        ("Invalid", False, Gate.VALIDATION),
        ("Invalid", True, Gate.DEFINITION),
        ("BadRequest", True, Gate.DECODING),
        ("NotFound", False, Gate.UNKNOWN),
        ("", False, Gate.UNKNOWN),
    ],
)
def test_the_reason_tells_who_refused(reason: str, custom: bool, gate: Gate) -> None:
    assert attempt(reason=reason, custom=custom).gate is gate


def test_preparing_leaves_the_whole_object_as_it_is() -> None:
    prepared = prepare(TOO_HIGH, [SERVICE])
    assert prepared == Prepared(TOO_HIGH, service(), {**service(), "spec": {"type": "ClusterIP", "ports": [70000]}})


def test_a_change_that_leaves_all_as_it_is_is_an_error() -> None:
    """The table's row would try a whole manifest."""
    same = broken("Nothing", "x", put("Service api-service", "spec type", "ClusterIP"))
    with pytest.raises(TwinError, match="'Nothing' changes 0 objects"):
        prepare(same, [SERVICE])


def test_a_change_of_two_objects_is_an_error() -> None:
    other = service(metadata={"name": "media-service", "namespace": "production"})
    both = broken(
        "Both", "x", put("Service api-service", "spec type", "x"), put("Service media-service", "spec type", "x")
    )
    with pytest.raises(TwinError, match="'Both' changes 2 objects"):
        prepare(both, [SERVICE, other])


@pytest.mark.parametrize("control", [False, True])
def test_a_new_object_is_tried_under_a_name_that_is_free(control: bool) -> None:
    """Under its own, the API server would only say that it is there already."""
    server = FakeServer()
    prepared = prepare(TOO_HIGH, [SERVICE])
    trials = Trials(server.client(), frozenset())
    trials.control(prepared) if control else trials.attempt(prepared)
    assert b'"name":"api-service-again"' in server.written[0].content


@pytest.mark.parametrize("control", [False, True])
def test_a_live_object_is_tried_under_its_own(control: bool) -> None:
    row = broken_change("Another type", "x", put("Service api-service", "spec type", "NodePort"))
    assert tried(row, control=control) == ("PATCH", "/api/v1/namespaces/production/services/api-service")


def test_the_control_is_the_whole_object() -> None:
    server = FakeServer()
    Trials(server.client(), frozenset()).control(prepare(TOO_HIGH, [SERVICE]))
    assert b"70000" not in server.written[0].content


def test_a_kind_is_custom_where_its_group_has_definitions() -> None:
    scaled = {"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "metadata": {"name": "a", "namespace": "b"}}
    row = broken("Nothing to scale", "x", put("ScaledObject a", "spec", {}))
    trials = Trials(FakeServer().client(), frozenset({"keda.sh"}))
    assert trials.attempt(prepare(row, [scaled])).custom
    assert not trials.attempt(prepare(TOO_HIGH, [SERVICE])).custom


def test_each_deployment_has_its_pod_in_its_namespace_with_its_templates_labels() -> None:
    objects = rendering_of("production").objects
    deployments = {one["metadata"]["name"]: one for one in objects if one["kind"] == "Deployment"}
    pods = {pod["metadata"]["name"]: pod for pod in pods_of(objects)}
    assert pods.keys() == deployments.keys()
    for name, pod in pods.items():
        template = deployments[name]["spec"]["template"]
        assert pod["spec"] == template["spec"]
        assert pod["metadata"] == {**template["metadata"], "name": name, "namespace": "production"}
