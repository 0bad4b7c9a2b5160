"""Where a workload's requests are counted, each once: the world's at the gateway, those of the mesh at its own proxies.

The gateway's figures are what the world gets: after its retries, and with what no pod ever sees, such as 503 where no
pod is left.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.observability import series
from api_platform.service import Exposure

BUCKETS: Final = (250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000)
"""Milliseconds: limits of the buckets into which Istio counts durations; the finer ones are left out."""
_SERVER_ERROR = 'response_code=~"5.."'
_NO_ANSWER = 'response_code="0"'
"""Nothing was answered before the stream ended."""
_FAILED = "(.+,)?(UH|UF|UO|UT|UC|UR|LH|LR|URX|NR|NC|UMSDR|OM)(,.+)?"
"""Envoy's flags of requests that failed at the called side, or on the way to it. DC and others are the caller's."""


class MetricSelection(Protocol):
    """How one of Istio's standard metrics is selected."""

    def __call__(self, metric: str, context: WorkloadContext, /, *conditions: str) -> str:
        """Return the PromQL selector."""
        ...


@dataclass(frozen=True)
class Vantage:
    """One place where requests are counted. The records' names have a `{window}`."""

    callers: str
    """Whose requests: as a graph names its curve."""
    requests: str
    failures: str
    failure_ratio: str
    select: MetricSelection


WORLD: Final = Vantage(
    "from the world",
    series.GATEWAY_REQUESTS,
    series.GATEWAY_FAILURES,
    series.GATEWAY_FAILURE_RATIO,
    series.gateway,
)
MESH: Final = Vantage(
    "from the mesh",
    series.REQUESTS,
    series.FAILURES,
    series.FAILURE_RATIO,
    series.mesh_callers,
)


def vantages(context: WorkloadContext) -> tuple[Vantage, ...]:
    """Return where its requests are seen; nowhere for a workload that answers none."""
    exposure = context.workload.exposure
    if exposure is None:
        return ()
    if not exposure.subdomain:
        return (MESH,)
    others = set(context.callers) - {names.GATEWAY}
    return (WORLD, MESH) if others else (WORLD,)


def failed(vantage: Vantage, context: WorkloadContext, window: str) -> str:
    """Return the PromQL of failures a second: what was answered with a 5xx, and what was not answered.

    A caller that hangs up is no failure of ours, unless it has waited for long: then it has given up.
    """

    def rate(metric: str, *conditions: str) -> str:
        return f"rate({vantage.select(metric, context, *conditions)}[{window}])"

    flags_of_ours = f'response_flags=~"{_FAILED}"'
    hung_up = (_NO_ANSWER, f'response_flags!~"{_FAILED}"')
    # Prometheus 3 writes 5000 as 5000.0.
    waited_less = f'le=~"{patience_milliseconds(context.workload.exposure)}([.]0)?"'
    total, duration = "istio_requests_total", "istio_request_duration_milliseconds"
    server_errors = rate(total, _SERVER_ERROR)
    unanswered = rate(total, _NO_ANSWER, flags_of_ours)
    all_hang_ups = rate(f"{duration}_count", *hung_up)
    early_ones = rate(f"{duration}_bucket", *hung_up, waited_less)
    return f"sum(\n  {server_errors}\nor\n  {unanswered}\nor\n  {all_hang_ups}\n  - ignoring (le)\n  {early_ones}\n)"


def patience_milliseconds(exposure: Exposure | None) -> int:
    """Return how long a caller waits at the least before its hanging up says that we are too slow.

    A quarter of the time that a request may take, down to where Istio counts.
    """
    limit = exposure.timeout_seconds * 1000 / 4 if exposure else 0
    return max((bucket for bucket in BUCKETS if bucket <= limit), default=BUCKETS[0])
