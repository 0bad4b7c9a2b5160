"""Traces, access logs and metrics go to providers that istiod knows."""

from collections.abc import Mapping, Sequence

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.rules.values import rows, text
from api_platform.service import Service

RULE = rule_name(__name__)
_PROVIDERS: Mapping[str, str] = {
    "accessLogging": "envoy",
    "metrics": "prometheus",
    "tracing": names.TRACING_PROVIDER,
}
"""Part of a Telemetry -> whom it may name: Istio's built-in providers, and the one that our istiod release defines."""


def telemetry_providers_exist(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a Telemetry that names an unknown provider, or one of another part.

    Istio accepts it, and the proxies then record nothing: it shows on the day on which somebody looks for a trace.
    """
    return [
        Finding(
            RULE,
            objects.subject(telemetry),
            f"{title(telemetry)}: {part} goes to {text(provider, 'name') or 'nobody'}",
            f"Of {part}, istiod knows the provider {known}, and no other.",
            f"Name {known}, or define the provider in aws/releases/istio.py and here.",
        )
        for telemetry in objects.of_kind("Telemetry")
        for part, known in _PROVIDERS.items()
        for row in rows(telemetry, "spec", part)
        for provider in rows(row, "providers")
        if text(provider, "name").lower() != known  # istiod does not mind the case
    ]
