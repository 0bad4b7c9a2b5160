import json

import httpx2
import pytest

from eks_twin.errors import TwinError
from eks_twin.objects import api as module
from tests.eks_twin.objects.fake_api import FakeServer, listed, service

PATH = "/api/v1/namespaces/production/services"


def test_a_trial_stores_nothing_and_is_as_strict_as_kubectl() -> None:
    server = FakeServer()
    server.client().try_creation(service())
    (request,) = server.written
    assert dict(request.url.params) == {"dryRun": "All", "fieldValidation": "Strict"}


@pytest.mark.parametrize("trial", ["try_creation", "try_apply"])
def test_no_trial_stores_anything(trial: str) -> None:
    server = FakeServer()
    getattr(server.client(), trial)(service())
    assert server.objects == {}


def test_a_new_object_is_sent_whole_to_its_kinds_path() -> None:
    server = FakeServer()
    server.client().try_creation(service(surprise=1))
    (request,) = server.written
    assert (request.method, request.url.path) == ("POST", PATH)
    assert json.loads(request.content)["surprise"] == 1


def test_an_object_of_the_whole_cluster_is_in_no_namespace() -> None:
    server = FakeServer()
    server.client().apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "staging"}})
    assert list(server.objects) == ["/api/v1/namespaces/staging"]


def test_a_refusal_is_told_in_the_api_servers_words() -> None:
    answer = FakeServer(refusals={"services": (422, "port: Invalid value")}).client().try_creation(service())
    assert not answer.accepted
    assert answer.message == "port: Invalid value"


def test_what_is_accepted_has_no_message_even_if_the_object_has_one() -> None:
    answer = FakeServer().client().try_creation(service(message="hello"))
    assert answer.message == ""


def test_warnings_are_told_without_their_wrapping() -> None:
    answer = FakeServer(warnings=["v1 Endpoints is deprecated"]).client().try_creation(service())
    assert answer.warnings == ["v1 Endpoints is deprecated"]


def test_a_refused_object_is_not_applied_in_silence() -> None:
    client = FakeServer(refusals={"api-service": (403, "exceeded quota")}).client()
    with pytest.raises(TwinError, match="Service api-service: exceeded quota"):
        client.apply(service())


def test_a_version_that_is_gone_is_asked_for_all_the_same() -> None:
    """It is the API server's to refuse it."""
    server = FakeServer()
    server.client().try_creation({**service(), "apiVersion": "apps/v1beta2", "kind": "Deployment"})
    assert server.written[0].url.path == "/apis/apps/v1beta2/namespaces/production/deployments"


def test_a_kind_that_nobody_knows_is_named() -> None:
    with pytest.raises(TwinError, match=r"knows no kind Gateway of networking\.istio\.io/v1"):
        FakeServer().client().try_creation({**service(), "apiVersion": "networking.istio.io/v1", "kind": "Gateway"})


def test_what_is_not_there_is_none() -> None:
    assert FakeServer().client().get(service()) is None


def test_to_delete_what_is_not_there_is_no_error() -> None:
    FakeServer().client().delete(service())


def test_groups_of_definitions_are_told_from_the_api_servers_own() -> None:
    path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    server = FakeServer({path: listed({"name": "scaledobjects.keda.sh"}, {"name": "gateways.networking.istio.io"})})
    assert server.client().custom_groups() == {"keda.sh", "networking.istio.io"}


def test_a_kind_that_is_gone_by_now_has_no_objects() -> None:
    """Its definition was deleted after the kinds had been discovered."""
    client = FakeServer().client()
    (kind,) = (one for one in client.resources if one.kind == "ScaledObject")
    assert client.list_metadata(kind) == []


def test_an_api_server_that_says_later_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a kind whose definition is a moment old it says so for a second; kubectl asks again, too."""
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0.0)
    server = FakeServer({f"{PATH}/api-service": service()}, later=2)
    assert server.client().get(service()) == service()


def test_it_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.01)
    with pytest.raises(httpx2.HTTPStatusError, match="429"):
        FakeServer(later=10**9).client().get(service())
