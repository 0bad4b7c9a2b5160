"""What the proxies record of requests: traces of some, and a log line of those that failed, at the gateway of all."""

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
    TelemetrySpecSelector,
    TelemetrySpecTracing,
    TelemetrySpecTracingProviders,
)

ACCESS_LOG_PROVIDER = "envoy"
"""Istio's built-in one: the proxy's standard output."""
LOGGED = "response.code >= 400 || response.code == 0"
"""Metrics count every request; a log line is for finding out why one failed. 0: the stream ended before any answer, as
it does for a pod that hangs until its caller gives up."""


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
            access_logging=[_log(TelemetrySpecAccessLoggingFilter(expression=LOGGED))],
        ),
    )


def gateway_telemetry(scope: Construct) -> Telemetry:
    """Log every request at the gateway: who asked for what, and what the world got. Tracing stays the mesh's.

    The nearer object's filter replaces the mesh's, and none lets everything through.
    """
    return Telemetry(
        scope,
        "telemetry-gateway",
        metadata=platform_metadata("gateway-access-log", names.GATEWAY_NAMESPACE),
        spec=TelemetrySpec(
            selector=TelemetrySpecSelector(match_labels=names.GATEWAY_SELECTOR),
            access_logging=[_log()],
        ),
    )


def _log(only: TelemetrySpecAccessLoggingFilter | None = None) -> TelemetrySpecAccessLogging:
    provider = TelemetrySpecAccessLoggingProviders(name=ACCESS_LOG_PROVIDER)
    return TelemetrySpecAccessLogging(providers=[provider], filter=only)
