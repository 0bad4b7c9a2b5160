from typing import Any

import pytest

from api_platform.manifests.rendering import Rendering
from api_platform.proof.delivery.equality import Equality, compare_all
from eks_twin.errors import TwinError
from tests.eks_twin.objects.fake_api import FakeServer, listed, service

SERVICES = "/api/v1/namespaces/production/services"
DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


class FakeRendering:
    """A rendering of one Service."""

    objects = (service(),)


def compared(server: FakeServer) -> Equality:
    rendering: Rendering = FakeRendering()  # type: ignore[assignment]
    return compare_all(server.client(), rendering, "production")


def holding(live: dict[str, Any] | None = None, **more: Any) -> FakeServer:
    """Return a server with the Service, and lists of what else there is by their paths."""
    objects = {f"{SERVICES}/api-service": live} if live else {}
    return FakeServer({**objects, DEFINITIONS: listed({"name": "scaledobjects.keda.sh"}), **more})


def test_a_service_that_is_as_it_was_rendered_is_equal() -> None:
    result = compared(holding(service()))
    assert (result.total, result.differences) == (1, [])


def test_an_object_that_is_not_there_is_a_difference() -> None:
    assert [f"{key} {what}" for key, what in compared(holding()).differences] == [
        "Service production/api-service was rendered, and is not there"
    ]


def test_an_object_that_was_not_rendered_is_a_difference() -> None:
    old = {"/api/v1/services": listed({"name": "old", "namespace": "production", "uid": "1"})}
    assert [f"{key} {what}" for key, what in compared(holding(service(), **old)).differences] == [
        "Service production/old is there, and was not rendered"
    ]


def test_what_an_object_would_be_is_asked_under_a_name_that_is_free() -> None:
    server = holding(service())
    compared(server)
    (trial,) = server.written
    assert b'"name":"api-service-again"' in trial.content


def test_an_object_that_could_not_be_created_any_more_is_named() -> None:
    server = holding(service())
    server.refusals = {"services": (403, "exceeded quota")}
    with pytest.raises(TwinError, match=r"Service production/api-service .* created again: exceeded quota"):
        compared(server)
