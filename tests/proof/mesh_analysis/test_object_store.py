import pytest

from api_platform.proof.mesh_analysis.object_store import Question, Store
from tests.proof.mesh_analysis.mesh_objects import Object, made, service, shop

CRD = made(
    "CustomResourceDefinition",
    "virtualservices.networking.istio.io",
    "apiextensions.k8s.io/v1",
    namespace=None,
    spec={"group": "networking.istio.io", "names": {"kind": "VirtualService", "plural": "virtualservices"}},
)


def asked(target: str, *objects: Object) -> list[str] | None:
    """Return the names that the answer lists; None where there is no answer."""
    question = Question.of(target)
    answer = Store.of(objects or shop()).answer(question) if question else None
    if answer is None:
        return None
    return [one["metadata"]["name"] for one in answer.get("items", [answer])]


def test_lists_the_objects_of_a_kind_in_all_namespaces() -> None:
    elsewhere = made("Service", "other", namespace="elsewhere", spec={})
    assert asked("/api/v1/services", service(), elsewhere) == ["cart", "other"]


def test_lists_the_objects_of_one_namespace() -> None:
    elsewhere = made("Service", "other", namespace="elsewhere", spec={})
    assert asked("/api/v1/namespaces/elsewhere/services", service(), elsewhere) == ["other"]


def test_finds_one_object_by_its_name() -> None:
    assert asked("/api/v1/namespaces/shop/services/cart?timeout=15s") == ["cart"]
    assert asked("/api/v1/namespaces/shop") == ["shop"]


def test_knows_no_object_of_another_name() -> None:
    assert asked("/api/v1/namespaces/shop/services/basket") is None


def test_lists_none_of_a_kind_that_is_not_there() -> None:
    """A 404 to a list would stop istioctl, which asks for kinds that we do not use."""
    assert asked("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations") == []


def test_has_nothing_at_paths_that_are_no_resources() -> None:
    assert asked("/version") is None
    assert asked("/apis/apps/v1") is None


def test_finds_a_custom_kind_by_the_plural_of_its_definition() -> None:
    target = "/apis/networking.istio.io/v1/virtualservices"
    assert asked(target, CRD, *shop()) == ["cart"]
    assert asked(target, *shop()) == []


def test_chooses_by_labels() -> None:
    one = made("Secret", "remote")
    one["metadata"]["labels"] = {"istio/multiCluster": "true"}
    target = "/api/v1/secrets?labelSelector=istio%2FmultiCluster%3Dtrue"
    assert asked(target, one, made("Secret", "other")) == ["remote"]


@pytest.mark.parametrize("selector", ["app", "app!%3Dcart", "app%20in%20(cart)"])
def test_refuses_a_label_selector_that_it_would_get_wrong(selector: str) -> None:
    with pytest.raises(ValueError, match="only key=value"):
        Question.of(f"/api/v1/pods?labelSelector={selector}")


def test_gives_each_object_what_an_api_server_adds() -> None:
    question = Question.of("/api/v1/services")
    assert question
    (one,) = (Store.of(shop()).answer(question) or {})["items"]
    assert one["metadata"].keys() >= {"uid", "resourceVersion"}
    assert "uid" not in service()["metadata"]
