"""What the proxies record of requests: traces of some, a log line of those that failed."""

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from imports.io.istio.telemetry import (
    Telemetry,
    TelemetrySpec,
    TelemetrySpecAccessLogging,
    TelemetrySpecAccessLoggingFilter,
    TelemetrySpecAccessLoggingProviders,
    TelemetrySpecTracing,
    TelemetrySpecTracingProviders,
)

ACCESS_LOG_PROVIDER = "envoy"
"""Istio's built-in one: the proxy's standard output."""
LOGGED = "response.code >= 400"
"""Metrics count every request; a log line is for finding out why one failed."""


def telemetry(scope: Construct, environment: ChartEnvironment) -> Telemetry:
    """Set tracing and the access log for the whole mesh: Istio's own namespace, no selector."""
    return Telemetry(
        scope,
        "telemetry-mesh-default",
        metadata=platform_metadata("mesh-default", names.ISTIO_NAMESPACE),
        spec=TelemetrySpec(
            tracing=[
                TelemetrySpecTracing(
                    providers=[TelemetrySpecTracingProviders(name=names.TRACING_PROVIDER)],
                    random_sampling_percentage=environment.choose(development=100, staging=10, production=1),
                )
            ],
            access_logging=[
                TelemetrySpecAccessLogging(
                    providers=[TelemetrySpecAccessLoggingProviders(name=ACCESS_LOG_PROVIDER)],
                    filter=TelemetrySpecAccessLoggingFilter(expression=LOGGED),
                )
            ],
        ),
    )
