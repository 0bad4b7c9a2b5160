from typing import Any

import pytest

from api_platform.rules import PLATFORM
from api_platform.rules.telemetry_providers_exist import RULE
from tests.rules.platform import Platform


def telemetry(platform: Platform) -> dict[str, Any]:
    spec: dict[str, Any] = platform.one("Telemetry", "mesh-default")["spec"]
    return spec


@pytest.mark.parametrize(
    ("part", "provider"),
    [("tracing", "jaeger"), ("tracing", "envoy"), ("accessLogging", "opentelemetry"), ("metrics", "opentelemetry")],
)
def test_a_provider_that_istiod_does_not_know_for_it_is_found(platform: Platform, part: str, provider: str) -> None:
    """The proxies record nothing, and nothing says so."""
    telemetry(platform)[part] = [{"providers": [{"name": provider}]}]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (PLATFORM, f"Telemetry/mesh-default: {part} goes to {provider}")


def test_every_provider_is_looked_at(platform: Platform) -> None:
    telemetry(platform)["tracing"][0]["providers"].append({"name": "jaeger"})
    telemetry(platform)["tracing"].append({"providers": [{}]})
    assert [finding.value for finding in platform.ask(RULE)] == [
        "Telemetry/mesh-default: tracing goes to jaeger",
        "Telemetry/mesh-default: tracing goes to nobody",
    ]


def test_metrics_go_to_prometheus(platform: Platform) -> None:
    telemetry(platform)["metrics"] = [{"providers": [{"name": "prometheus"}]}]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    "tracing", [[], [{"randomSamplingPercentage": 1}], [{"providers": [{"name": "OpenTelemetry"}]}]]
)
def test_no_provider_and_one_in_other_letters_are_harmless(platform: Platform, tracing: list[dict[str, Any]]) -> None:
    telemetry(platform)["tracing"] = tracing
    assert platform.ask(RULE) == []
