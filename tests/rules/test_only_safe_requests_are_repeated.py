from typing import Any

import pytest

from api_platform.rules.only_safe_requests_are_repeated import RULE
from tests.rules.platform import Platform

READS, OTHERS = 0, 1


def route(platform: Platform, which: int) -> dict[str, Any]:
    found: dict[str, Any] = platform.one("VirtualService", "orders")["spec"]["http"][which]
    return found


@pytest.mark.parametrize("conditions", ["503", "5xx,connect-failure", "connect-failure,refused-stream,reset"])
def test_a_write_that_may_have_arrived_is_not_repeated(platform: Platform, conditions: str) -> None:
    """A POST that was answered 503 may have been carried out: sent again, it books twice."""
    route(platform, OTHERS)["retries"]["retryOn"] = conditions
    (finding,) = platform.ask(RULE)
    assert finding.subject == "orders"
    assert "route others repeats any method" in finding.value


@pytest.mark.parametrize(
    "matches", [[], [{"method": {"exact": "GET"}}, {"method": {"exact": "POST"}}], [{"uri": {"prefix": "/"}}]]
)
def test_a_route_for_reads_must_take_nothing_but_reads(platform: Platform, matches: list[dict[str, Any]]) -> None:
    route(platform, READS)["match"] = matches
    assert platform.subjects(RULE) == ["orders"]


@pytest.mark.parametrize("retries", [{"attempts": 0, "retryOn": "5xx"}, {"attempts": 3}, {}])
def test_no_retries_and_istios_own_are_harmless(platform: Platform, retries: dict[str, Any]) -> None:
    route(platform, OTHERS)["retries"] = retries
    assert platform.ask(RULE) == []
