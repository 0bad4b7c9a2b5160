from typing import Any

import pytest

from api_platform.mesh.compression import compression
from tests.rendering import Manifest, object_of


def rendered() -> Manifest:
    return object_of(compression)


def patch() -> dict[str, Any]:
    (only,) = rendered()["spec"]["configPatches"]
    return dict(only)


def compressor() -> dict[str, Any]:
    return dict(patch()["patch"]["value"]["typed_config"])


def answers() -> dict[str, Any]:
    return dict(compressor()["response_direction_config"]["common_config"])


def test_it_holds_for_the_gateways_pods_alone() -> None:
    """Without a selector it would hold for every proxy in the namespace, in Istio's own for every one of the mesh."""
    assert rendered()["metadata"]["namespace"] == "istio-ingress"
    assert rendered()["spec"]["workloadSelector"] == {"labels": {"istio": "ingressgateway"}}


def test_it_holds_for_gateways_alone() -> None:
    assert patch()["match"]["context"] == "GATEWAY"


def test_the_compressor_stands_before_the_router() -> None:
    """After it, it would never be reached: the router ends the chain."""
    http = patch()["match"]["listener"]["filterChain"]["filter"]
    assert http == {
        "name": "envoy.filters.network.http_connection_manager",
        "subFilter": {"name": "envoy.filters.http.router"},
    }
    assert (patch()["applyTo"], patch()["patch"]["operation"]) == ("HTTP_FILTER", "INSERT_BEFORE")


def test_it_is_envoys_compressor_with_gzip() -> None:
    """Envoy refuses a listener whose filter has a type that it does not know, and the gateway keeps its old state."""
    prefix = "type.googleapis.com/envoy.extensions"
    gzip = {"name": "gzip", "typed_config": {"@type": f"{prefix}.compression.gzip.compressor.v3.Gzip"}}
    assert patch()["patch"]["value"]["name"] == "envoy.filters.http.compressor"
    assert compressor()["@type"] == f"{prefix}.filters.http.compressor.v3.Compressor"
    assert compressor()["compressor_library"] == gzip


def test_small_answers_are_left_alone() -> None:
    assert answers()["min_content_length"] == 1024


@pytest.mark.parametrize(
    "content_type",
    [
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/xml",
    ],
)
def test_text_and_json_are_compressed(content_type: str) -> None:
    assert content_type in answers()["content_type"]


@pytest.mark.parametrize("family", ["image/", "video/", "audio/", "application/octet-stream", "application/zip"])
def test_media_are_not_compressed_again(family: str) -> None:
    compressed = [one for one in answers()["content_type"] if one.startswith(family)]
    assert compressed in ([], ["image/svg+xml"])


def test_events_are_not_held_back() -> None:
    assert "text/event-stream" not in answers()["content_type"]


def test_requests_are_not_compressed() -> None:
    assert "request_direction_config" not in compressor()
