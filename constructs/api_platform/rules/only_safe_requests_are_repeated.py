"""The mesh sends a request a second time only where that cannot do its work twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects, title
from api_platform.rules.values import rows, text, whole
from api_platform.service import Service

RULE = rule_name(__name__)
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_NEVER_ARRIVED = {"connect-failure", "refused-stream"}
"""Conditions under which the request did not reach the service."""


def only_safe_requests_are_repeated(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a route that repeats requests other than GET and HEAD after the service may have seen them.

    A POST that was answered 503 may have been carried out: sent again, it books twice.
    """
    return [
        Finding(
            RULE,
            objects.subject(routing),
            f"{title(routing)} route {text(route, 'name') or 'without a name'} repeats any method on {repeated}",
            "Methods other than GET and HEAD are repeated on connect-failure and refused-stream alone.",
            "Match GET and HEAD in a route of their own, and shorten retryOn of the others.",
        )
        for routing in objects.of_kind("VirtualService")
        for route in rows(routing, "spec", "http")
        if not _reads_only(route) and (repeated := ", ".join(_repeated(route)))
    ]


def _reads_only(route: Mapping[str, Any]) -> bool:
    matches = rows(route, "match")
    return bool(matches) and all(text(one, "method", "exact") in _SAFE_METHODS for one in matches)


def _repeated(route: Mapping[str, Any]) -> list[str]:
    """Return the conditions on which the route repeats a request that may have arrived.

    A route that names none has Istio's, which add only gRPC's `unavailable` and `cancelled` to the harmless two (1.30).
    """
    if whole(route, "retries", "attempts") == 0 or not text(route, "retries", "retryOn"):
        return []
    return sorted(set(text(route, "retries", "retryOn").split(",")) - _NEVER_ARRIVED)
