from typing import Any

import pytest

from api_platform.mesh.telemetry import telemetry
from tests.rendering import Manifest, object_of
from tests.specs import an_environment


def rendered(**changes: Any) -> Manifest:
    environment = an_environment(**changes)
    return object_of(lambda chart: telemetry(chart, environment))


def test_it_holds_for_the_whole_mesh() -> None:
    """Istio reads mesh-wide settings in its own namespace, from an object without a selector."""
    assert rendered()["metadata"]["namespace"] == "istio-system"
    assert "selector" not in rendered()["spec"]


@pytest.mark.parametrize(("name", "percent"), [("development", 100), ("staging", 10), ("production", 1)])
def test_the_environment_says_how_many_requests_are_traced(name: str, percent: int) -> None:
    (tracing,) = rendered(name=name)["spec"]["tracing"]
    assert tracing["randomSamplingPercentage"] == percent


def test_traces_go_to_the_provider_of_the_mesh_configuration() -> None:
    (tracing,) = rendered()["spec"]["tracing"]
    assert tracing["providers"] == [{"name": "opentelemetry"}]


def test_failed_requests_alone_are_logged() -> None:
    (logging,) = rendered()["spec"]["accessLogging"]
    assert logging["filter"] == {"expression": "response.code >= 400"}


def test_log_lines_go_to_the_proxys_own_output() -> None:
    """Without a provider, Istio logs nothing unless its mesh configuration names a default."""
    (logging,) = rendered()["spec"]["accessLogging"]
    assert logging["providers"] == [{"name": "envoy"}]
