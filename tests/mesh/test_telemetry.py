from typing import Any

import pytest

from api_platform.mesh.telemetry import gateway_telemetry, telemetry
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
    """0 is what a pod logs that hung until its caller gave up."""
    (logging,) = rendered()["spec"]["accessLogging"]
    assert logging["filter"] == {"expression": "response.code >= 400 || response.code == 0"}


def test_log_lines_go_to_the_proxys_own_output() -> None:
    """Without a provider, Istio logs nothing unless its mesh configuration names a default."""
    (logging,) = rendered()["spec"]["accessLogging"]
    assert logging["providers"] == [{"name": "envoy"}]


def test_the_gateway_logs_every_request() -> None:
    """Without a filter of its own: one that is left out replaces the mesh's."""
    gateway = object_of(gateway_telemetry)
    (logging,) = gateway["spec"]["accessLogging"]
    assert gateway["metadata"]["namespace"] == "istio-ingress"
    assert gateway["spec"]["selector"] == {"matchLabels": {"istio": "ingressgateway"}}
    assert logging == {"providers": [{"name": "envoy"}]}


def test_the_gateways_own_settings_leave_tracing_to_the_mesh() -> None:
    assert "tracing" not in object_of(gateway_telemetry)["spec"]
